// A store in a temporary folder: the real hub, edge and kiosk as processes, and hands to use them.
#pragma once

#include "core/json.h"

#include <silta/http.h>

#include <QLocalSocket>
#include <QProcess>
#include <QTemporaryDir>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace silta::test {

/// Thread: the test's. Everything it started ends with it.
class Station {
public:
    /// How a program ended.
    struct Finished {
        int status = -1;
        std::string out, err;
    };

    /// `programs`: the folder that holds silta-hub and the others.
    explicit Station(std::string programs);
    ~Station();

    [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + name; }
    [[nodiscard]] const std::string& folder() const { return folder_; }
    [[nodiscard]] std::string kioskSocket() const { return path("run/kiosk.sock"); }
    [[nodiscard]] std::string hubUrl() const { return "http://127.0.0.1:" + std::to_string(hubPort_); }
    /// Where the device reaches the hub: a proxy that writes down what both say.
    [[nodiscard]] std::string recordedUrl() const { return "http://127.0.0.1:" + std::to_string(proxyPort_); }
    /// Compares what device and hub have said so far with the hub's OpenAPI description. What is wrong, in
    /// words.
    [[nodiscard]] Finished checkTraffic() const;

    /// Writes a file below the folder.
    void write(const std::string& name, const std::string& bytes) const;
    void append(const std::string& name, const std::string& bytes) const;

    /// Runs a program to its end; `input` is what it reads.
    [[nodiscard]] Finished run(const std::string& program, const std::vector<std::string>& args,
                               const std::string& input = {}) const;
    /// `silta-hub COMMAND --db … --json`, one value for each line.
    [[nodiscard]] std::vector<Json> hub(const std::string& command) const;
    [[nodiscard]] Finished ctl(const std::string& command, const std::vector<std::string>& args = {}) const;

    /// More options of `silta-hub serve`, for the next startHub().
    void setHubOptions(std::vector<std::string> options) { hubOptions_ = std::move(options); }
    bool startHub(); ///< waits until it answers; the port stays the same over restarts
    void stopHub();
    bool startEdge(); ///< waits until it answers
    void killEdge();  ///< SIGKILL
    void stopEdge();
    bool enrol(const std::string& storeCode);
    bool startTill(); ///< waits until it answers; the port stays the same over restarts
    void stopTill();
    [[nodiscard]] std::string tillUrl() const { return "https://127.0.0.1:" + std::to_string(tillPort_); }
    bool startKiosk(const std::vector<std::string>& scanners);
    void stopKiosk();
    [[nodiscard]] std::vector<qint64> pids() const;

    /// One command to the kiosk's control socket; an empty object when it does not answer.
    Json kiosk(const std::string& command);
    /// Asks again until `isDone` or 20 s have gone; returns the last answer.
    Json kioskUntil(const std::string& command, const std::function<bool(const Json&)>& isDone);

    /// A request to silta-edge, as the kiosk makes it, or whoever else uses `socket`.
    [[nodiscard]] Result<HttpReply> edge(const std::string& method, const std::string& path,
                                         const Json& body = nullptr,
                                         const std::string& socket = "kiosk.sock") const;

private:
    std::unique_ptr<QProcess> launch(const std::string& program, const std::vector<std::string>& args) const;

    std::string programs_;
    QTemporaryDir temporary_;
    std::string folder_;
    std::vector<std::string> hubOptions_;
    int hubPort_ = 0;
    int proxyPort_ = 0;
    int tillPort_ = 0;
    std::unique_ptr<QProcess> proxy_, hub_, edge_, till_, kiosk_;
    std::unique_ptr<QLocalSocket> control_;
};

} // namespace silta::test
