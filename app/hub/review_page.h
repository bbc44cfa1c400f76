// The page on which a member says what they think of what they bought. No script, no cookie, no outside
// asset. All functions are pure; texts are escaped here.
#pragma once

#include "hub/phone_page.h"

#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

/// Value of the Content-Security-Policy header of these pages.
const std::string& reviewPagePolicy();

enum class ReviewProblem { None, StarsMissing, TooLong };

/// One product, and what was answered so far, as it is shown again where something is missing.
struct ReviewThing {
    std::string title, brand; ///< as text
    int stars = 0;            ///< 0: none chosen
    std::string text;
    ReviewProblem problem = ReviewProblem::None;
};

/// Names of the fields of the product at `index`: "stars_0", "text_0".
std::string starsField(std::size_t index);
std::string textField(std::size_t index);

/// `address`: the path of this page, of A-Z a-z 0-9 _ - and "/".
std::string renderReviewForm(const PhoneFrame& frame, std::string_view address,
                             const std::vector<ReviewThing>& things);
std::string renderReviewThanks(const PhoneFrame& frame);

/// Why a link leads to no form.
enum class ReviewEnd { Unknown, Over, Used, Failed };
std::string renderReviewEnd(const PhoneFrame& frame, ReviewEnd end);

/// The message that carries the link, as plain text.
std::string reviewMessage(std::string_view lang, std::string_view chain, std::string_view url);

} // namespace silta::hub
