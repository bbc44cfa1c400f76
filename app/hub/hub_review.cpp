// A member is asked what they think of what they bought, and answers on a phone of their own.
#include "hub/hub_api.h"
#include "hub/review_page.h"
#include "hub/sms_sender.h"
#include "net/json_reply.h"
#include "web/form_body.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::hub {

namespace {

// What is too long is told in words as far as twice the limit, and refused beyond.
constexpr FormLimits kReviewForm{.bodyBytes = 128 * 1024, // every byte of kReviewedProductsMax texts as %XX
                                 .valueBytes = 2 * kReviewTextBytesMax,
                                 .mayBreakLines = true};

HttpResponse reviewHtml(std::string html, int status) {
    return phoneReply(std::move(html), status, reviewPagePolicy());
}

/// Product `index` as it was answered: one without stars is left out, unless there are words.
ReviewThing readThing(const FormFields& fields, std::size_t index) {
    ReviewThing thing;
    const auto stars = fieldOf(fields, starsField(index));
    if (stars.size() == 1 && stars[0] >= '1' && stars[0] <= '0' + kReviewStarsMax)
        thing.stars = stars[0] - '0';
    thing.text = trimmed(std::string_view(fieldOf(fields, textField(index))));
    if (!isReviewText(thing.text))
        thing.problem = ReviewProblem::TooLong;
    else if (thing.stars == 0 && !thing.text.empty())
        thing.problem = ReviewProblem::StarsMissing;
    return thing;
}

/// In that language, else in its first; its sku where it is not sold any more.
std::string titleOf(const std::optional<ProductRecord>& product, const std::string& sku, Lang lang) {
    if (!product || product->texts.empty()) return sku;
    const auto text = std::ranges::find(product->texts, codeOf(lang), &ProductText::lang);
    return text == product->texts.end() ? product->texts.front().title : text->title;
}

} // namespace

Result<void> HubApi::askForReviews(OperationStore& store) {
    if (options_.reviewDays == 0 || options_.sms == nullptr || !options_.sms->hasRoom()) return {};
    const auto isSold = [this](const std::string& sku) {
        const std::lock_guard lock(mutex_);
        return products_(sku).has_value();
    };
    std::vector<ReviewCall> calls;
    auto done = store.changeReviews([&](ReviewRegistry& reviews) -> Result<void> {
        auto made = reviews.invite(options_.reviewDays, isSold);
        if (!made) return made.error();
        calls = std::move(*made);
        return {};
    });
    if (!done) return done;
    // Committed first: who is asked twice because a hub stopped in between is worse off than who is not
    // asked.
    for (auto& call : calls) {
        const auto url = fmt::format("{}/r/{}", options_.publicUrl, call.key);
        auto sent =
            options_.sms->push(std::move(call.phone), reviewMessage(call.lang, options_.chainName, url));
        if (!sent) return sent;
    }
    return {};
}

HttpResponse HubApi::reviewPage(const HttpRequest& request) {
    const auto key = lastSegment(request.path);
    const bool isPost = request.method == "POST";
    auto form = isPost ? parseForm(request.body, kReviewForm) : Result<FormFields>(FormFields{});
    const auto asked = request.query.find("lang");
    auto lang = asked == request.query.end() ? std::string() : asked->second;
    if (isPost) lang = form ? fieldOf(*form, "lang") : std::string();
    PhoneFrame frame{chooseLang(lang, request.header("accept-language")), options_.chainName, {}};
    const auto end = [&frame](ReviewEnd why, int status) {
        return reviewHtml(renderReviewEnd(frame, why), status);
    };
    if (key.size() != kReviewKeyLetters) return end(ReviewEnd::Unknown, 404);
    if (!form) return end(ReviewEnd::Failed, 400);
    auto response = withStore([&](OperationStore& store) -> Result<HttpResponse> {
        auto invitation = store.reviews().find(key);
        if (!invitation && invitation.error().code == Errc::NotFound) return end(ReviewEnd::Unknown, 404);
        if (!invitation) return invitation.error();
        if (invitation->usedMs != 0) return end(ReviewEnd::Used, kGone);
        if (clock_.nowMs() >= invitation->madeMs + kReviewLifeMs) return end(ReviewEnd::Over, kGone);
        std::vector<ReviewThing> things;
        {
            const std::lock_guard lock(mutex_);
            const auto place = stores_(invitation->storeCode);
            frame.store = place ? place->name : std::string();
            for (const auto& sku : invitation->skus) {
                auto thing = readThing(*form, things.size());
                const auto product = products_(sku);
                thing.title = titleOf(product, sku, frame.lang);
                thing.brand = product ? product->brand : std::string();
                things.push_back(std::move(thing));
            }
        }
        const auto hasProblem = [](const ReviewThing& thing) { return thing.problem != ReviewProblem::None; };
        const auto hasStars = [](const ReviewThing& thing) { return thing.stars > 0; };
        if (isPost && std::ranges::none_of(things, hasStars) && std::ranges::none_of(things, hasProblem))
            things.front().problem = ReviewProblem::StarsMissing;
        if (!isPost || std::ranges::any_of(things, hasProblem))
            return reviewHtml(renderReviewForm(frame, request.path, things), isPost ? 422 : 200);
        std::vector<ReviewAnswer> answers;
        for (std::size_t i = 0; i < things.size(); ++i)
            if (hasStars(things[i]))
                answers.push_back({invitation->skus[i], things[i].stars, things[i].text});
        invitation->lang = codeOf(frame.lang); // in which it was written
        auto taken =
            store.changeReviews([&](ReviewRegistry& reviews) { return reviews.take(*invitation, answers); });
        if (!taken && taken.error().code == Errc::Conflict) return end(ReviewEnd::Used, kGone);
        if (!taken) return taken.error();
        return reviewHtml(renderReviewThanks(frame), 200);
    });
    // What went wrong is told as a page, too.
    return response.contentType.starts_with("text/html") ? response : end(ReviewEnd::Failed, 503);
}

} // namespace silta::hub
