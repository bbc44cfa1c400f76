#include "drivers/file_scanner.h"

#include "drivers/frame_stage.h"
#include "drivers/image_file.h"
#include "drivers/line_framer.h"
#include "drivers/stream_reader.h"
#include "drivers/worker/decode_worker.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/inotify.h>
#include <sys/stat.h>

#include <cerrno>
#include <climits>
#include <cstring>
#include <memory>

namespace silta::drivers {

namespace {

constexpr std::uint32_t kFolderEvents =
    IN_MOVED_TO | IN_CLOSE_WRITE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

Result<Fd> openFolder(const std::string& path) {
    const auto action = fmt::format("watch folder {}", path);
    Fd watch(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    if (!watch.isOpen()) return systemError(action, errno);
    if (::inotify_add_watch(watch.get(), path.c_str(), kFolderEvents) < 0) return systemError(action, errno);
    return watch;
}

Result<Fd> openList(const std::string& path) {
    // For writing too, so that it does not end when the last writer leaves.
    Fd list(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
    if (!list.isOpen()) return systemError(fmt::format("open list {}", path), errno);
    return list;
}

bool isFrameName(std::string_view name) {
    return !name.empty() && name.front() != '.' && !name.ends_with(".part") && !name.ends_with(".tmp");
}

/// Calls `onName` for each file that came into the folder; false when the folder itself is gone.
template <class OnName>
bool readFolderEvents(std::span<const std::byte> bytes, OnName onName) {
    // The kernel hands over whole events only.
    while (bytes.size() >= sizeof(inotify_event)) {
        inotify_event event{};
        std::memcpy(&event, bytes.data(), sizeof(event));
        const auto whole = sizeof(event) + event.len;
        if (bytes.size() < whole) break;
        if ((event.mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED)) != 0) return false;
        if (event.len > 0) {
            const auto* name = reinterpret_cast<const char*>(bytes.data() + sizeof(event));
            onName(std::string(name, ::strnlen(name, event.len)));
        }
        bytes = bytes.subspan(whole);
    }
    return true;
}

} // namespace

Result<void> FileScanner::start(Handler onCode, FaultHandler onFault) {
    struct stat status {};
    if (::stat(config_.path.c_str(), &status) != 0)
        return systemError(fmt::format("watch {}", config_.path), errno);
    const bool isFolder = S_ISDIR(status.st_mode);
    if (!isFolder && !S_ISFIFO(status.st_mode))
        return Error{Errc::Unsupported, fmt::format("watch {}: neither a folder nor a fifo", config_.path)};
    auto device = isFolder ? openFolder(config_.path) : openList(config_.path);
    if (!device) return std::move(device).error();
    // std::function copies its target, which a descriptor does not allow; the thread's body is its only
    // owner.
    auto opened = std::make_shared<Fd>(std::move(*device));
    return thread_.start([this, opened, isFolder, onCode = std::move(onCode),
                          onFault = std::move(onFault)](const StopSignal& stop) {
        DecodeWorker worker(DecodeWorkerConfig::keepingIn(config_.keepFolder));
        FrameStage stage(name(), decodeIn(worker));
        LineFramer lines(PATH_MAX);
        const auto onFile = [&](const std::string& path) {
            const auto picture = loadGray(path);
            if (!picture) ++framesRefused_;
            ++framesSeen_;
            if (!picture) return;
            for (auto& code : stage.process(picture->view(), clock_.steadyMs()))
                onCode(std::move(code));
        };
        bool isGone = false;
        StreamHooks hooks;
        hooks.open = [&]() -> Result<Fd> {
            isGone = false;
            return isFolder ? openFolder(config_.path) : openList(config_.path);
        };
        hooks.onBytes = [&](std::span<const std::byte> bytes) {
            if (!isFolder) return lines.feed(bytes, onFile);
            const bool isThere = readFolderEvents(bytes, [&](const std::string& file) {
                if (isFrameName(file)) onFile(config_.path + "/" + file);
            });
            isGone = isGone || !isThere;
        };
        hooks.isLost = [&] { return isGone; };
        hooks.onGap = [] {};
        hooks.onLost = [&] { lines.reset(); };
        hooks.onFault = onFault;
        hooks.gapMs = -1;
        readStream(std::move(*opened), stop, hooks);
    });
}

} // namespace silta::drivers
