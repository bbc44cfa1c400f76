// Updater: tells the hub which version runs here and how well, hears of another one, fetches it, and has it
// installed while the store is closed.
//
// It has no rights of its own: what is to be installed lies in a folder of silta-edge's, and `silta-update`
// (see fleet/privileged.h) hands it to RAUC, which verifies it. Where the system is no image, updates come
// with apt, and it reports only.
#pragma once

#include "edge/config.h"
#include "edge/fleet_desk.h"
#include "edge/update_state.h"
#include "fleet/privileged.h"
#include "fleet/report.h"

#include <silta/http.h>
#include <silta/random.h>
#include <silta/time.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace silta {

struct OpeningHours;

struct UpdaterPlaces {
    std::string folder;     ///< ours alone, on the data partition
    std::string systemFile; ///< `version=…`, and on an image `compatible=…`
    std::string slotFile;   ///< begins with "good" once this system has proved itself; image only
    std::string bootFolder; ///< ours; empty after a restart of the machine
    std::string resultFile; ///< what silta-update answers
    int kilobytesPerSecond = 512;
};

/// What the device does by itself when it is told to.
struct UpdaterDeeds {
    std::function<void()> resync;
    std::function<Json()> status; ///< see Engine::status()
    /// True between closing and opening time, with time enough for an update.
    std::function<bool(const FleetDesk& desk)> isClosed;
};

/// Thread: one for step(); any for the rest.
class Updater {
public:
    using GetDesk = std::function<Result<FleetDesk>()>;
    Updater(UpdaterPlaces places, GetDesk desk, UpdaterDeeds deeds, std::unique_ptr<HttpTransport> transport,
            const Clock& clock, Random& random);
    Updater(const Updater&) = delete;
    Updater& operator=(const Updater&) = delete;
    ~Updater();

    /// Does what is due; gives when there is something to do next (steady).
    std::int64_t step();
    /// step() whenever it is due, on a thread of its own.
    void start();

    /// Sends headquarters a sealed bundle with the next step, which is now.
    void sendDiagnostics();
    /// The same to be carried there, in base64url. Errors: Unavailable (headquarters' key is not known yet).
    Result<std::string> sealedDiagnostics();

private:
    struct System {
        std::string version, compatible;
        bool isProven = true;
    };
    [[nodiscard]] System runningSystem() const;
    [[nodiscard]] bool hasRestarted() const;
    void settle(const System& system);
    Result<void> tell(const FleetDesk& desk, const System& system);
    void hear(const FleetDesk& desk, const System& system, const FleetAnswer& answer);
    void learnHq(const FleetDesk& desk, const FleetAnswer& answer);
    void hearOffer(const System& system, const FleetAnswer& answer);
    void obey(const FleetDesk& desk, const System& system, const FleetAnswer& answer);
    void refuse(const SignedText& told, Errc code, UtcMs nowMs);
    void act(CommandKind kind);
    Result<void> upload(const FleetDesk& desk);
    void fetch(const FleetDesk& desk);
    void install(const FleetDesk& desk, const System& system);
    Result<void> ask(const std::string& request);
    void become(UpdateState state, const std::string& why = {});
    void remember();
    void run(const std::stop_token& stop);

    const UpdaterPlaces places_;
    const GetDesk desk_;
    const UpdaterDeeds deeds_;
    std::unique_ptr<HttpTransport> transport_;
    const Clock& clock_;
    Random& random_;

    UpdateMemory memory_;
    bool isOffered_ = false;       ///< the last answer still had memory_.release in it
    std::int64_t nextTellMs_ = 0;  ///< steady
    std::int64_t nextPieceMs_ = 0; ///< steady
    std::int64_t askedMs_ = 0;     ///< steady; of the request that silta-update is at
    int failures_ = 0;

    std::vector<CommandOutcome> refusals_;          ///< not told yet; each answer names them anew
    std::optional<PrivilegedRequest::Kind> wanted_; ///< once the hub has heard that it will be done

    std::mutex mutex_;   ///< guards what follows
    UpdateMemory shown_; ///< memory_, for other threads
    bool isUploadWanted_ = false;
    std::condition_variable_any wake_;
    std::jthread thread_; ///< last: it uses everything above
};

/// Between closing and opening time by the store's hours, with time enough for an update before it opens.
/// Where they are not known (null, or none in them), and where the store is not closed for so long within a
/// week, in the window, with time enough before it ends.
bool isQuietHour(const OpeningHours* hours, const UpdateWindow& window, UtcMs nowMs);

} // namespace silta
