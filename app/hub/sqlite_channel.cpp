#include "hub/sqlite_channel.h"

#include "hub/hub_database.h"

namespace silta::hub {

namespace {

class SqliteChannel final : public FeedChannel {
public:
    SqliteChannel(Database database, std::int64_t lastSeq)
        : database_(std::move(database)), lastSeq_(lastSeq) {}

    void tell(const std::set<std::string>& /*devices*/) override {} // it is in the file

    Heard hear() override {
        Heard heard;
        const auto version = database_.dataVersion();
        if (version == version_) return heard;
        auto query = database_.prepare("SELECT seq, device FROM change WHERE seq > ? ORDER BY seq");
        if (!query) return heard;
        query->bind(0, lastSeq_);
        for (;;) {
            const auto row = query->step();
            if (!row) return heard; // the next look goes on from here
            if (!*row) break;
            lastSeq_ = query->integer(0);
            heard.devices.insert(query->string(1));
        }
        version_ = version;
        return heard;
    }

    [[nodiscard]] std::int64_t heldMs() const override { return 0; } // who writes holds up no reader

private:
    Database database_;
    std::int64_t lastSeq_;
    std::int64_t version_ = -1; ///< none: what was told since the opening is looked for, too
};

} // namespace

Result<std::unique_ptr<FeedChannel>> makeSqliteChannel(const std::string& path) {
    auto database = openHubDatabase(path);
    if (!database) return database.error();
    std::int64_t lastSeq = 0;
    {
        auto query = database->prepare("SELECT coalesce(max(seq), 0) FROM change");
        if (!query) return query.error();
        if (auto row = query->step(); !row) return row.error();
        lastSeq = query->integer(0);
    }
    return std::unique_ptr<FeedChannel>(std::make_unique<SqliteChannel>(std::move(*database), lastSeq));
}

} // namespace silta::hub
