#include "hub/cmd_reviews.h"

#include "core/durable_file.h"
#include "hub/session.h"
#include "hub/shopper_page.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

namespace silta::hub {

namespace {

constexpr unsigned kFeedMode = 0640; // the importer may be another user of the hub's group

/// U+FFFE and U+FFFF are no characters of XML, and one of them makes a reader refuse the whole feed. Source:
/// XML 1.0, production 2; line breaks and controls do not get as far as here.
std::string xmlText(std::string_view text) {
    std::string clean;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto three = text.substr(i, 3);
        if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
            i += 2;
            continue;
        }
        clean.push_back(text[i]);
    }
    return escapeHtml(clean);
}

void printReview(const ReviewRow& row, bool asJson) {
    if (!asJson)
        return fmt::print("{}  {}  {:<8}  {} of {}  {}  {:?}\n", row.id, row.atMs, toString(row.state),
                          row.stars, kReviewStarsMax, row.sku, row.text);
    printLine({{"id", row.id},
               {"atMs", row.atMs},
               {"state", toString(row.state)},
               {"stars", row.stars},
               {"sku", row.sku},
               {"lang", row.lang},
               {"text", row.text}});
}

int listReviews(Session& session, std::optional<ReviewState> state) {
    auto rows = session.store->reviews().list(state);
    if (!rows) return printFailure(rows.error());
    for (const auto& row : *rows)
        printReview(row, session.options.has("--json"));
    return 0;
}

int writeFeed(Session& session) {
    const auto path = session.options.value("--out");
    if (path.empty()) return printFailure({Errc::Invalid, "reviews feed: --out FILE is missing"});
    auto rows = session.store->reviews().list(ReviewState::Approved);
    if (!rows) return printFailure(rows.error());
    auto done = replaceFile(path, reviewFeed(*rows), kFeedMode);
    return done ? 0 : printFailure(done.error());
}

} // namespace

std::string reviewFeed(const std::vector<ReviewRow>& reviews) {
    std::string feed =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed>\n<version>2.3</version>\n<reviews>\n";
    for (const auto& review : reviews)
        feed += fmt::format(
            "<review><review_id>{}</review_id><reviewer><name "
            "is_anonymous=\"true\">Anonymous</name></reviewer>"
            "<review_timestamp>{:%Y-%m-%dT%H:%M:%SZ}</review_timestamp><review_language>{}</review_language>"
            "<content>{}</content><ratings><overall min=\"1\" max=\"{}\">{}</overall></ratings><products>"
            "<product><product_ids><skus><sku>{}</sku></skus></product_ids></product></products></review>\n",
            review.id, fmt::gmtime(static_cast<std::time_t>(review.atMs / 1'000)), review.lang,
            xmlText(review.text), kReviewStarsMax, review.stars, xmlText(review.sku));
    return feed + "</reviews>\n</feed>\n";
}

int runReviews(std::span<const std::string> args) {
    const bool isNamed = !args.empty() && !args.front().starts_with("--");
    const std::string what = isNamed ? args.front() : "list";
    auto session = openSession(isNamed ? args.subspan(1) : args, {"--state", "--id", "--out"});
    if (!session) return printFailure(session.error());
    const auto& options = (*session)->options;
    const auto state = reviewStateNamed(options.value("--state"));
    if (options.has("--state") && !state)
        return printFailure({Errc::Invalid, "--state: waiting, approved or refused"});
    if (what == "list") return listReviews(**session, state);
    if (what == "feed") return writeFeed(**session);
    if (what != "approve" && what != "refuse")
        return printFailure({Errc::Invalid, "reviews: list, approve, refuse or feed"});
    auto judged = (*session)->store->changeReviews([&](ReviewRegistry& reviews) {
        return reviews.judge(options.value("--id"),
                             what == "approve" ? ReviewState::Approved : ReviewState::Refused);
    });
    return judged ? 0 : printFailure(judged.error());
}

} // namespace silta::hub
