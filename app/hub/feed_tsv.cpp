#include "hub/feed_tsv.h"

#include "catalog/fold.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::hub {

namespace {

bool hasQuotedField(std::string_view line) {
    return (!line.empty() && line.front() == '"') || line.find("\t\"") != std::string_view::npos;
}

std::string_view withoutReturn(std::string_view line) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

} // namespace

TsvReader::TsvReader(RowSink& sink, std::span<const Field> required)
    : sink_(sink), required_(required.begin(), required.end()) {}

Result<void> TsvReader::feed(std::string_view piece) {
    if (at_ > 0) {
        buffer_.erase(0, at_);
        at_ = 0;
    }
    buffer_ += piece;
    return drain(false);
}

Result<FeedEnd> TsvReader::finish() {
    if (auto done = drain(true); !done) return done.error();
    if (!hasHeader_) return Error{Errc::Invalid, "read feed: the file is empty"};
    if (end_.how == FeedEnd::How::Whole) end_.line = line_;
    return end_;
}

Result<void> TsvReader::drain(bool atEnd) {
    for (;;) {
        if (skipping_) {
            const auto newline = buffer_.find('\n', at_);
            if (newline == std::string::npos) {
                at_ = buffer_.size();
                if (atEnd) endAs(FeedEnd::How::Cut, "the last line is too long to be a row");
                return {};
            }
            at_ = newline + 1;
            ++line_;
            skipping_ = false;
        }
        if (at_ == buffer_.size()) return {};
        switch (nextRow(atEnd)) {
        case Step::More:
            return {};
        case Step::Broken:
            // Without a header nothing that follows can be understood.
            if (!hasHeader_)
                return Error{Errc::Invalid, fmt::format("read feed: the header: {}", brokenReason_)};
            skipBroken();
            break;
        case Step::Row: {
            const bool hasNewline = buffer_[rowEnd_ - 1] == '\n';
            if (!hasHeader_) {
                if (auto header = takeHeader(); !header) return header;
            } else {
                takeRow(hasNewline);
            }
            line_ += rowLines_;
            at_ = rowEnd_;
            break;
        }
        }
    }
}

TsvReader::Step TsvReader::nextRow(bool atEnd) {
    values_.clear();
    rowLines_ = 1;
    const std::string_view rest = std::string_view(buffer_).substr(at_);
    const auto newline = rest.find('\n');
    const auto line = rest.substr(0, newline);
    if (line.size() > kRowBytesMax) {
        brokenReason_ = fmt::format("the line is longer than {} bytes", kRowBytesMax);
        return Step::Broken;
    }
    if (newline == std::string_view::npos && !atEnd) return Step::More;
    if (hasQuotedField(line)) return quotedRow(atEnd);
    rowEnd_ = newline == std::string_view::npos ? buffer_.size() : at_ + newline + 1;
    splitPlain(withoutReturn(line));
    return Step::Row;
}

void TsvReader::splitPlain(std::string_view line) {
    for (;;) {
        const auto tab = line.find('\t');
        values_.push_back(line.substr(0, tab));
        if (tab == std::string_view::npos || values_.size() > kColumnsMax) return;
        line.remove_prefix(tab + 1);
    }
}

// Values are collected in unquoted_ by position first, since it may move while it grows.
TsvReader::Step TsvReader::quotedRow(bool atEnd) {
    unquoted_.clear();
    std::vector<std::pair<std::size_t, std::size_t>> spans;
    const auto size = buffer_.size();
    const auto limit = std::min(size, at_ + kRowBytesMax);
    std::size_t p = at_;
    const auto broken = [this](std::string reason) {
        brokenReason_ = std::move(reason);
        return Step::Broken;
    };
    for (;;) {
        const auto begin = unquoted_.size();
        if (p < limit && buffer_[p] == '"') {
            ++p;
            for (;;) {
                if (p >= limit) {
                    if (limit == size && !atEnd) return Step::More;
                    if (limit == size)
                        endAs(FeedEnd::How::Cut, "a value in quotes that begins here never ends");
                    return broken("a value in quotes never ends");
                }
                const char c = buffer_[p++];
                if (c == '"') {
                    if (p < size && buffer_[p] == '"') {
                        unquoted_ += '"';
                        ++p;
                        continue;
                    }
                    if (p == size && !atEnd) return Step::More; // a second quote may follow
                    break;
                }
                if (c == '\n' && ++rowLines_ > kQuotedLinesMax)
                    return broken(fmt::format("a value in quotes spans more than {} lines", kQuotedLinesMax));
                unquoted_ += c;
            }
            if (p < size && buffer_[p] == '\r') ++p;
            if (p < size && buffer_[p] != '\t' && buffer_[p] != '\n')
                return broken("text follows a closing quote; double the quotes inside a value");
        } else {
            while (p < limit && buffer_[p] != '\t' && buffer_[p] != '\n')
                unquoted_ += buffer_[p++];
            if (p == limit && limit < size) return broken("the row is too long");
            if ((p == size || buffer_[p] == '\n') && unquoted_.size() > begin && unquoted_.back() == '\r')
                unquoted_.pop_back();
        }
        spans.emplace_back(begin, unquoted_.size());
        if (p == size) {
            if (!atEnd) return Step::More;
            rowEnd_ = size;
            break;
        }
        if (buffer_[p] == '\n') {
            rowEnd_ = p + 1;
            break;
        }
        ++p; // the tab
        if (spans.size() > kColumnsMax) return broken("the row has too many columns");
    }
    for (const auto& span : spans)
        values_.push_back(std::string_view(unquoted_).substr(span.first, span.second - span.first));
    return Step::Row;
}

Result<void> TsvReader::takeHeader() {
    if (std::all_of(values_.begin(), values_.end(), [](auto v) { return trimmed(v).empty(); })) return {};
    if (values_.size() > kColumnsMax) return Error{Errc::Limit, "read feed: the header has too many columns"};
    for (auto value : values_)
        columns_.push_back(fieldOf(value));
    std::string missing;
    for (Field field : required_) {
        if (std::find(columns_.begin(), columns_.end(), field) != columns_.end()) continue;
        missing += missing.empty() ? "" : ", ";
        missing += toString(field);
    }
    if (!missing.empty()) {
        const bool hasCommas = values_.size() == 1 && values_[0].find(',') != std::string_view::npos;
        return Error{Errc::Invalid,
                     fmt::format("read feed: the header in line {} has no column {}{}", line_, missing,
                                 hasCommas ? "; columns are parted by tabs, not commas" : "")};
    }
    hasHeader_ = true;
    return {};
}

void TsvReader::fillReadable(FeedRow& row) {
    row.clear();
    row.line = line_;
    for (std::size_t i = 0; i < std::min(values_.size(), columns_.size()); ++i)
        if (columns_[i] == Field::Id || columns_[i] == Field::StoreCode)
            if (isUtf8(values_[i])) row[*columns_[i]] = trimmed(values_[i]);
}

void TsvReader::reportBad(const std::string& field, std::string_view value, const std::string& reason) {
    fillReadable(row_);
    sink_.onBadRow(line_, RowFault{field, excerptOf(trimmed(value)), reason}, row_);
}

void TsvReader::takeRow(bool hasNewline) {
    const std::string_view raw = std::string_view(buffer_).substr(at_, rowEnd_ - at_);
    if (trimmed(raw).empty()) return;
    if (values_.size() < columns_.size()) {
        const auto reason = fmt::format("{} columns instead of {}", values_.size(), columns_.size());
        reportBad("row", raw, reason);
        if (!hasNewline) endAs(FeedEnd::How::Cut, fmt::format("the last row has {}", reason));
        return;
    }
    const bool hasExtra = values_.size() > kColumnsMax ||
                          std::any_of(values_.begin() + static_cast<std::ptrdiff_t>(columns_.size()),
                                      values_.end(), [](auto v) { return !trimmed(v).empty(); });
    bool isGood = false;
    if (hasExtra) {
        reportBad("row", raw, fmt::format("{} columns instead of {}", values_.size(), columns_.size()));
    } else if (!isUtf8(raw)) {
        reportBad("row", raw, "not UTF-8");
    } else if (hasControl(raw)) {
        reportBad("row", raw, "a control character is in it");
    } else {
        row_.clear();
        row_.line = line_;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (!columns_[i]) continue;
            const auto value = trimmed(values_[i]);
            if (value.empty()) continue;
            if (*columns_[i] == Field::ProductDetail) {
                for (auto& detail : parseDetails(value))
                    if (row_.details.size() < kDetailsMax) row_.details.push_back(std::move(detail));
            } else if (row_[*columns_[i]].empty()) {
                row_[*columns_[i]] = value;
            }
        }
        isGood = sink_.onRow(row_);
    }
    if (hasNewline) return;
    if (isGood)
        endAs(FeedEnd::How::NoNewline, {});
    else
        endAs(FeedEnd::How::Cut, "the last row is incomplete");
}

void TsvReader::endAs(FeedEnd::How how, std::string reason) {
    if (end_.how != FeedEnd::How::Cut) end_ = {how, line_, std::move(reason)};
}

void TsvReader::skipBroken() {
    const std::string_view rest = std::string_view(buffer_).substr(at_);
    splitPlain(rest.substr(0, std::min(rest.find('\n'), std::size_t{1024})));
    reportBad("row", rest.substr(0, kExcerptBytesMax * 2), brokenReason_);
    if (++resyncs_ > kResyncMax && rowLines_ > 1) {
        // Too many: take the lines that the broken value spans as lost rather than look at each again.
        for (int i = 1; i < rowLines_; ++i) {
            const auto newline = buffer_.find('\n', at_);
            if (newline == std::string::npos) break;
            at_ = newline + 1;
            ++line_;
        }
    }
    skipping_ = true;
}

std::vector<FeedDetail> parseDetails(std::string_view text) {
    std::vector<FeedDetail> details;
    std::vector<std::string> parts(1);
    const auto close = [&] {
        for (auto& part : parts)
            part = std::string(trimmed(part));
        if (parts.size() == 3 && !parts[1].empty() && !parts[2].empty())
            details.push_back({std::move(parts[0]), std::move(parts[1]), std::move(parts[2])});
        else if (parts.size() == 2 && !parts[0].empty() && !parts[1].empty())
            details.push_back({{}, std::move(parts[0]), std::move(parts[1])});
        parts.assign(1, {});
    };
    for (std::size_t i = 0; i < text.size() && details.size() < kDetailsMax; ++i) {
        const char c = text[i];
        if (c == '\\' && i + 1 < text.size())
            parts.back() += text[++i];
        else if (c == ',')
            close();
        else if (c == ':' && parts.size() < 3)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    if (details.size() < kDetailsMax) close();
    return details;
}

} // namespace silta::hub
