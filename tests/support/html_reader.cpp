#include "support/html_reader.h"

#include <algorithm>
#include <array>
#include <utility>

namespace silta::test {

namespace {

constexpr std::array<std::string_view, 5> kVoid = {"meta", "link", "input", "img", "br"};

class Reader {
public:
    explicit Reader(std::string_view html) : rest_(html) {}

    Result<std::vector<HtmlTag>> read() {
        while (skipText()) {
            auto tag = readTag();
            if (!tag) return tag.error();
            if (auto placed = place(*tag); !placed) return placed.error();
        }
        if (!open_.empty()) return Error{Errc::Invalid, "read html: not closed: " + open_.back()};
        return std::move(tags_);
    }

private:
    /// To the next tag; false at the end.
    bool skipText() {
        if (!open_.empty() && open_.back() == "style")
            rest_.remove_prefix(std::min(rest_.find("</style"), rest_.size()));
        rest_.remove_prefix(std::min(rest_.find('<'), rest_.size()));
        if (rest_.empty()) return false;
        rest_.remove_prefix(1);
        return true;
    }

    Result<HtmlTag> readTag() {
        HtmlTag tag;
        if (rest_.starts_with("!doctype html>")) {
            tag.name = "!doctype";
            rest_.remove_prefix(14);
            return tag;
        }
        if (rest_.starts_with('/')) {
            tag.isEnd = true;
            rest_.remove_prefix(1);
        }
        tag.name = takeWhileNot(" />");
        if (tag.name.empty()) return Error{Errc::Invalid, "read html: a tag without a name"};
        while (true) {
            rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
            if (rest_.empty()) return Error{Errc::Invalid, "read html: an open tag at the end"};
            if (rest_.front() == '>') break;
            if (rest_.starts_with("/>")) {
                isSelfClosed_ = true;
                rest_.remove_prefix(1);
                break;
            }
            const auto name = takeWhileNot(" =>");
            const auto value = takeValue();
            if (name.empty() || !tag.attributes.emplace(name, value).second)
                return Error{Errc::Invalid, "read html: attribute " + name + " of " + tag.name};
        }
        rest_.remove_prefix(1);
        return tag;
    }

    std::string takeWhileNot(std::string_view ends) {
        const auto end = std::min(rest_.find_first_of(ends), rest_.size());
        const auto text = std::string(rest_.substr(0, end));
        rest_.remove_prefix(end);
        return text;
    }

    std::string takeValue() {
        if (!rest_.starts_with('=')) return {};
        rest_.remove_prefix(1);
        if (!rest_.starts_with('"')) return takeWhileNot(" >");
        rest_.remove_prefix(1);
        auto text = takeWhileNot("\"");
        rest_.remove_prefix(std::min<std::size_t>(1, rest_.size()));
        return text;
    }

    Result<void> place(HtmlTag& tag) {
        const bool isClosedHere = std::exchange(isSelfClosed_, false) ||
                                  std::find(kVoid.begin(), kVoid.end(), tag.name) != kVoid.end() ||
                                  tag.name == "!doctype";
        if (tag.isEnd) {
            if (open_.empty() || open_.back() != tag.name)
                return Error{Errc::Invalid, "read html: </" + tag.name + "> closes " +
                                                (open_.empty() ? "nothing" : open_.back())};
            open_.pop_back();
        }
        tag.depth = open_.size();
        if (!tag.isEnd && !isClosedHere) open_.push_back(tag.name);
        tags_.push_back(std::move(tag));
        return {};
    }

    std::string_view rest_;
    std::vector<std::string> open_;
    std::vector<HtmlTag> tags_;
    bool isSelfClosed_ = false;
};

} // namespace

Result<std::vector<HtmlTag>> readHtml(std::string_view html) {
    return Reader(html).read();
}

} // namespace silta::test
