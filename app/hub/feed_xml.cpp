#include "hub/feed_xml.h"

#include "hub/feed_tsv.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>

namespace silta::hub {

namespace {

constexpr char kSeparator = '\n'; // cannot be part of a namespace name after normalisation
constexpr std::string_view kGoogle = "http://base.google.com/ns/";
constexpr std::string_view kAtom = "http://www.w3.org/2005/Atom";

std::pair<std::string_view, std::string_view> splitName(const char* name) {
    const std::string_view full = name;
    const auto at = full.rfind(kSeparator);
    if (at == std::string_view::npos) return {{}, full};
    return {full.substr(0, at), full.substr(at + 1)};
}

// expat takes an int; pieces are far smaller, but a caller may hold a whole file.
constexpr std::size_t kPieceBytesMax = std::size_t{1} << 20;

} // namespace

struct XmlReader::Hooks {
    static XmlReader& of(void* self) { return *static_cast<XmlReader*>(self); }
    static void open(void* self, const XML_Char* name, const XML_Char** attributes) {
        auto& reader = of(self);
        if (reader.stopped_) return;
        if (++reader.depth_ > kXmlDepthMax) return reader.stop("elements are nested too deep");
        const auto [space, local] = splitName(name);
        reader.onOpen(space, local, attributes);
    }
    static void close(void* self, const XML_Char* name) {
        auto& reader = of(self);
        if (reader.stopped_) return;
        const auto [space, local] = splitName(name);
        reader.onClose(space, local);
        --reader.depth_;
    }
    static void text(void* self, const XML_Char* bytes, int length) {
        auto& reader = of(self);
        if (!reader.stopped_) reader.onText({bytes, static_cast<std::size_t>(length)});
    }
    static void doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
        of(self).stop("a document type declaration is not allowed");
    }
};

XmlReader::XmlReader() : parser_(XML_ParserCreateNS(nullptr, kSeparator)) {
    if (parser_ == nullptr) {
        stop("out of memory");
        return;
    }
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, &Hooks::open, &Hooks::close);
    XML_SetCharacterDataHandler(parser_, &Hooks::text);
    XML_SetStartDoctypeDeclHandler(parser_, &Hooks::doctype);
}

XmlReader::~XmlReader() {
    if (parser_ != nullptr) XML_ParserFree(parser_);
}

std::int64_t XmlReader::line() const {
    return parser_ == nullptr ? 0 : static_cast<std::int64_t>(XML_GetCurrentLineNumber(parser_));
}

void XmlReader::stop(std::string reason) {
    if (stopped_) return;
    stopped_ = true;
    reason_ = std::move(reason);
    stoppedLine_ = line();
    if (parser_ != nullptr) XML_StopParser(parser_, XML_FALSE);
}

void XmlReader::parse(std::string_view piece, bool isLast) {
    if (stopped_) return;
    const auto status =
        XML_Parse(parser_, piece.data(), static_cast<int>(piece.size()), isLast ? XML_TRUE : XML_FALSE);
    if (status != XML_STATUS_ERROR || stopped_) return;
    const auto code = XML_GetErrorCode(parser_);
    stopped_ = true;
    stoppedLine_ = line();
    const bool isEarlyEnd =
        isLast && (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
                   code == XML_ERROR_PARTIAL_CHAR || code == XML_ERROR_UNCLOSED_CDATA_SECTION);
    reason_ = isEarlyEnd ? "the document ends inside an element"
                         : fmt::format("not well-formed: {}", XML_ErrorString(code));
}

void XmlReader::feed(std::string_view piece) {
    while (!piece.empty() && !stopped_) {
        const auto now = piece.substr(0, kPieceBytesMax);
        parse(now, false);
        piece.remove_prefix(now.size());
    }
}

FeedEnd XmlReader::finish() {
    parse({}, true);
    if (stopped_) return {FeedEnd::How::Cut, stoppedLine_, reason_};
    return {FeedEnd::How::Whole, line(), {}};
}

void ItemReader::onOpen(std::string_view nameSpace, std::string_view name, const char**) {
    text_.clear();
    if (depth() == 1) {
        isForeign_ = !(name == "rss" || (name == "feed" && nameSpace == kAtom));
        if (isForeign_) stop("the document is neither RSS 2.0 nor Atom");
        return;
    }
    if (itemDepth_ == 0) {
        const bool isItem = (name == "item" && depth() == 3 && nameSpace.empty()) ||
                            (name == "entry" && depth() == 2 && nameSpace == kAtom);
        if (!isItem) return;
        itemDepth_ = depth();
        itemBytes_ = 0;
        row_.clear();
        row_.line = line();
        fromGoogle_ = {};
        return;
    }
    if (depth() == itemDepth_ + 1 && fieldOf(name) == Field::ProductDetail) {
        inDetail_ = true;
        detail_ = {};
    }
}

void ItemReader::onText(std::string_view text) {
    if (itemDepth_ == 0) return;
    itemBytes_ += text.size();
    if (itemBytes_ <= kRowBytesMax) text_ += text;
}

void ItemReader::takeValue(Field field, bool isGoogle) {
    auto& value = row_[field];
    auto& had = fromGoogle_[static_cast<std::size_t>(field)];
    const auto text = trimmed(text_);
    // The first of a repeated attribute counts; the g: one counts before the format's own of that name.
    if (text.empty() || (!value.empty() && (had || !isGoogle))) return;
    value = text;
    had = isGoogle;
}

void ItemReader::onClose(std::string_view nameSpace, std::string_view name) {
    if (itemDepth_ == 0) return;
    const bool isGoogle = nameSpace.starts_with(kGoogle);
    if (depth() == itemDepth_) {
        itemDepth_ = 0;
        if (itemBytes_ > kRowBytesMax)
            sink_.onBadRow(row_.line, RowFault{"row", {}, fmt::format("longer than {} bytes", kRowBytesMax)},
                           row_);
        else if (std::any_of(row_.values.begin(), row_.values.end(),
                             [](const auto& v) { return v.find('\x7F') != std::string::npos; }))
            sink_.onBadRow(row_.line, RowFault{"row", {}, "a control character is in it"}, row_);
        else
            sink_.onRow(row_);
        return;
    }
    if (inDetail_ && depth() == itemDepth_ + 2) {
        auto& part = name == "section_name" ? detail_.section : detail_.value;
        if (name == "attribute_name")
            detail_.name = trimmed(text_);
        else if (name == "section_name" || name == "attribute_value")
            part = trimmed(text_);
    } else if (depth() == itemDepth_ + 1) {
        const auto field = fieldOf(name);
        if (inDetail_) {
            inDetail_ = false;
            if (!detail_.name.empty() && !detail_.value.empty() && row_.details.size() < kDetailsMax)
                row_.details.push_back(std::move(detail_));
            else if (!trimmed(text_).empty()) // the text form inside one element
                for (auto& detail : parseDetails(trimmed(text_)))
                    if (row_.details.size() < kDetailsMax) row_.details.push_back(std::move(detail));
        } else if (field && (isGoogle || nameSpace.empty() || nameSpace == kAtom)) {
            takeValue(*field, isGoogle);
        } else if (!isGoogle && (name == "summary" || name == "content")) {
            takeValue(Field::Description, false);
        }
    }
    text_.clear();
}

} // namespace silta::hub
