// RSS 2.0 and Atom feeds with the g: namespace, read as a stream. DTDs are refused, so no entity can be
// declared.
#pragma once

#include "hub/feed_row.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct XML_ParserStruct;

namespace silta::hub {

/// Feeds nest five deep; more is not a feed.
inline constexpr int kXmlDepthMax = 24;

/// A streaming XML parser with limits; the shape of a document is its subclass's affair. Names come without
/// their namespace, which is handed over beside them. Memory: one element's text. Thread: its owner's.
class XmlReader {
public:
    XmlReader();
    virtual ~XmlReader();
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;

    /// After an error in the middle the rest is ignored and finish() says where.
    void feed(std::string_view piece);
    /// Cut when the document stops early or is not well-formed from `line` on.
    FeedEnd finish();

protected:
    virtual void onOpen(std::string_view nameSpace, std::string_view name, const char** attributes) = 0;
    virtual void onClose(std::string_view nameSpace, std::string_view name) = 0;
    virtual void onText(std::string_view text) = 0;

    [[nodiscard]] int depth() const { return depth_; } ///< the root element is at 1
    [[nodiscard]] std::int64_t line() const;
    /// Stops reading here; `reason` is one lower-case line.
    void stop(std::string reason);
    [[nodiscard]] bool isStopped() const { return stopped_; }
    [[nodiscard]] const std::string& stopReason() const { return reason_; }

private:
    struct Hooks;
    void parse(std::string_view piece, bool isLast);

    XML_ParserStruct* parser_;
    int depth_ = 0;
    bool stopped_ = false;
    std::int64_t stoppedLine_ = 0;
    std::string reason_;
};

/// Hands each <item> (RSS) or <entry> (Atom) to a sink as a FeedRow.
class ItemReader final : public XmlReader {
public:
    explicit ItemReader(RowSink& sink) : sink_(sink) {}
    /// The document is neither RSS 2.0 nor Atom (e.g. a log-in page): nothing was handed over.
    [[nodiscard]] bool isForeign() const { return isForeign_; }

private:
    void onOpen(std::string_view nameSpace, std::string_view name, const char** attributes) override;
    void onClose(std::string_view nameSpace, std::string_view name) override;
    void onText(std::string_view text) override;
    void takeValue(Field field, bool isGoogle);

    RowSink& sink_;
    FeedRow row_;
    FeedDetail detail_;
    std::array<bool, kFieldCount> fromGoogle_{}; ///< g:title wins over RSS's own title
    int itemDepth_ = 0;                          ///< 0 = outside
    bool inDetail_ = false;
    bool isForeign_ = false;
    std::size_t itemBytes_ = 0;
    std::string text_;
};

} // namespace silta::hub
