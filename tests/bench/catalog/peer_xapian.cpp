#include "bench/catalog/peers.h"
#include "catalog/fold.h"

#include <silta/catalog.h>

#ifdef SILTA_HAS_XAPIAN

#include <xapian.h>

#include <filesystem>
#include <memory>

namespace silta::bench {

namespace {

constexpr std::size_t kFirst = 10;
constexpr std::size_t kSpelledMin = 4;
constexpr Xapian::termcount kBeginningsMax = 100; // words that an open one stands for, the most frequent

class Search {
public:
    explicit Search(const std::string& folder) : database_(folder), enquire_(database_) {
        enquire_.set_weighting_scheme(Xapian::BoolWeight());
        enquire_.set_docid_order(Xapian::Enquire::ASCENDING);
    }

    void run(const std::string& typed, Ranks& found) {
        const auto folded = foldText(typed);
        const auto words = wordsOf(folded);
        if (words.empty()) return;
        take(queryOf(words, false), found);
        if (found.size() < kFirst) take(queryOf(words, true), found);
    }

private:
    Xapian::Query queryOf(const std::vector<std::string_view>& words, bool spells) {
        std::vector<Xapian::Query> parts;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::string word(words[i]);
            Xapian::Query own(word);
            if (i + 1 == words.size())
                own |= Xapian::Query(Xapian::Query::OP_WILDCARD, word, kBeginningsMax,
                                     Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT);
            if (spells && word.size() >= kSpelledMin)
                if (const auto other = database_.get_spelling_suggestion(word, 1); !other.empty())
                    own |= Xapian::Query(other);
            parts.push_back(own);
        }
        return {Xapian::Query::OP_AND, parts.begin(), parts.end()};
    }

    void take(const Xapian::Query& query, Ranks& found) {
        enquire_.set_query(query);
        const auto hits = enquire_.get_mset(0, kFirst);
        for (auto hit = hits.begin(); hit != hits.end() && found.size() < kFirst; ++hit)
            if (std::find(found.begin(), found.end(), *hit - 1) == found.end()) found.push_back(*hit - 1);
    }

    Xapian::Database database_;
    Xapian::Enquire enquire_;
};

} // namespace

std::vector<Peer> makeXapian(const Shop& shop, const std::string& folder) {
    const auto path = folder + "/xapian";
    std::filesystem::remove_all(path);
    const auto start = cpuSeconds();
    {
        Xapian::WritableDatabase database(path, Xapian::DB_CREATE_OR_OVERWRITE);
        for (const auto& product : shop.products) {
            Xapian::Document document;
            const auto folded = foldText(textOf(product));
            for (const auto word : wordsOf(folded)) {
                const std::string own(word);
                document.add_boolean_term(own);
                if (own.size() >= kSpelledMin) database.add_spelling(own);
            }
            database.replace_document(product.rank + 1, document);
        }
        database.commit();
    }
    Peer peer{"Xapian", {}, cpuSeconds() - start, 0, megabytesOf(path)};
    peer.search = [search = std::make_shared<Search>(path)](const std::string& typed, Ranks& found) {
        const auto begin = cpuSeconds();
        search->run(typed, found);
        return (cpuSeconds() - begin) * 1e3;
    };
    return {peer};
}

} // namespace silta::bench

#else

namespace silta::bench {

std::vector<Peer> makeXapian(const Shop& /*shop*/, const std::string& /*folder*/) {
    return {};
}

} // namespace silta::bench

#endif
