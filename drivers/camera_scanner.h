// CameraScanner: codes held in front of a camera, or in a video of one.
#pragma once

#include <silta/scanner.h>
#include <silta/time.h>

#include <memory>
#include <string>

namespace silta::drivers {

struct CameraConfig {
    std::string deviceId;   ///< as the system names it ("/dev/video0"); empty: the first camera there is
    std::string videoPath;  ///< a file that is played over and over in place of a camera; empty: none
    std::string keepFolder; ///< where frames go that killed the decoder; empty: nowhere
};

/// Runs the camera and the search for codes on one thread of its own; frames that come while it is busy are
/// dropped.
class CameraScanner final : public Scanner {
public:
    /// `clock` must outlive the scanner.
    CameraScanner(CameraConfig config, const Clock& clock);
    CameraScanner(const CameraScanner&) = delete;
    CameraScanner& operator=(const CameraScanner&) = delete;
    ~CameraScanner() override;

    /// The program must have its application object already. Waits for the camera system, not for the first
    /// frame. Errors: NotFound (no such camera or file), Unsupported (no application object), Busy (started
    /// already). A camera that fails or is unplugged is told once; it is taken up again when it is back,
    /// which is told too. So is a video that is gone when it is to begin anew.
    Result<void> start(Handler onCode, FaultHandler onFault) override;
    void stop() override;
    /// "camera", or "video:" and its path.
    [[nodiscard]] std::string name() const override;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace silta::drivers
