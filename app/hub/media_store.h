// MediaStore: files named by the SHA-256 of their bytes. Pictures, snapshots and segments all live in one.
#pragma once

#include <silta/result.h>

#include <string>
#include <string_view>

namespace silta::hub {

/// A shop picture is 50–300 KiB; a device's card holds a hundred thousand of these.
inline constexpr std::size_t kPictureFileBytesMax = std::size_t{4} << 20;

/// A folder of `ab/<sha256>` files. A file is there completely or not at all, also after a power cut.
/// Thread: any, as long as temporary names differ.
class MediaStore {
public:
    /// Creates the folder where it is missing. Errors: Io, Denied.
    static Result<MediaStore> open(std::string folder);
    /// Deletes what broken runs left in the making; only while no other process makes files here.
    void clearTemporaries() const;

    /// Where the file of that name is or would be.
    [[nodiscard]] std::string pathOf(std::string_view sha256) const;
    [[nodiscard]] bool has(std::string_view sha256) const;
    /// A name inside the folder for a file in the making, on the same file system.
    [[nodiscard]] std::string temporaryPath(std::string_view name) const;

    /// Stores bytes and returns their name; a second time is free. Errors: Io, Full.
    Result<std::string> put(std::string_view bytes);
    /// Takes a finished file in by renaming it; returns its name. Errors: Io, NotFound, Full.
    Result<std::string> adopt(const std::string& temporaryPath);
    /// Missing files are no error. Errors: Io, Invalid (not a name).
    Result<void> remove(std::string_view sha256);

private:
    explicit MediaStore(std::string folder) : folder_(std::move(folder)) {}
    std::string folder_;
};

/// What an image_link leads to.
struct PictureLink {
    enum class Kind {
        None,    ///< no link
        Remote,  ///< http or https: to be fetched later
        Local,   ///< read: `bytes` is a JPEG, PNG or WebP
        Refused, ///< `reason` says why, in one lower-case line
    };
    Kind kind = Kind::None;
    std::string bytes;
    std::string reason;
};

/// Follows the image_link of a feed that lies in `folder` (resolved, absolute): a relative path or a file:
/// URL, never out of that folder, whatever "..", absolute paths or symbolic links say.
PictureLink readPicture(const std::string& folder, std::string_view link);

/// The resolved, absolute folder of a file. Errors: NotFound.
Result<std::string> folderOf(const std::string& path);

} // namespace silta::hub
