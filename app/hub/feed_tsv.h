// TSV as merchants export it: a header line, tabs, values in quotes where they hold tabs, newlines or quotes.
#pragma once

#include "hub/feed_row.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

/// Lines that one value in quotes may span: descriptions have paragraphs; a stray quote must not swallow a
/// file.
inline constexpr int kQuotedLinesMax = 200;
/// Rows with broken quotes after which their later lines are no longer looked at one by one: keeps the work
/// linear.
inline constexpr int kResyncMax = 1000;

/// Takes a feed apart as it arrives, whatever the size of the pieces. Memory: one row and one piece.
/// A row with broken quotes is reported and reading goes on with the next line. Thread: its owner's.
/// Source: Google Merchant Center, "Text feeds" (tab-delimited); RFC 4180 for doubled quotes.
class TsvReader {
public:
    /// `required` must be among the columns. `sink` outlives the reader.
    TsvReader(RowSink& sink, std::span<const Field> required);

    /// Errors: Invalid (the header cannot be used): nothing has been handed to the sink then.
    Result<void> feed(std::string_view piece);
    /// Errors: Invalid (no header at all).
    Result<FeedEnd> finish();

private:
    enum class Step { Row, More, Broken };

    Result<void> drain(bool atEnd);
    Step nextRow(bool atEnd);
    Step quotedRow(bool atEnd);
    void splitPlain(std::string_view line);
    Result<void> takeHeader();
    void takeRow(bool hasNewline);
    void skipBroken();
    void endAs(FeedEnd::How how, std::string reason);
    void reportBad(const std::string& field, std::string_view value, const std::string& reason);
    void fillReadable(FeedRow& row);

    RowSink& sink_;
    std::vector<Field> required_;
    std::string buffer_;
    std::size_t at_ = 0;     ///< where the row in work begins
    std::size_t rowEnd_ = 0; ///< just past its newline, or the end of the text
    int rowLines_ = 1;       ///< physical lines of the row in work
    std::int64_t line_ = 1;  ///< its first line
    bool skipping_ = false;  ///< inside a line that is too long
    bool hasHeader_ = false;
    int resyncs_ = 0;
    std::string brokenReason_;
    std::string unquoted_;                 ///< values of a quoted row, one after the other
    std::vector<std::string_view> values_; ///< of the row in work
    std::vector<std::optional<Field>> columns_;
    FeedRow row_;
    FeedEnd end_;
};

/// "section:name:value,section:name:value"; a backslash keeps a comma or colon. Source: Google,
/// product_detail.
std::vector<FeedDetail> parseDetails(std::string_view text);

} // namespace silta::hub
