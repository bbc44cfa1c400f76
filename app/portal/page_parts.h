// Pieces that several pages share. Internal to the portal's pages.
#pragma once

#include "portal/page_style.h"
#include "portal/pages.h"
#include "web/page_look.h"

#include <functional>
#include <string>
#include <string_view>

namespace silta::portal {

/// A document around `main`, which is HTML. `title` is plain text of ours. `kind` names the page in its style
/// sheet.
struct Document {
    Sheet sheet;
    std::string_view kind;
    std::string title;
    std::string main;
};
std::string documentOf(const Visit& visit, const Document& document);

/// The top of a page: hours, store, heading.
std::string heroOf(const Visit& visit, Word heading);

std::string hoursBadge(const Visit& visit);
/// A picture, or a plate with the name's initial.
std::string pictureOf(const Picture& picture, const std::string& name, std::string_view classes);
/// Has a page drawn with its first pictures only, `shown` of them: as many as kPageBytesMax has room for.
std::string drawnWithin(const std::vector<Picture>& pictures,
                        const std::function<std::string(std::size_t shown)>& draw);
/// The brand, where the name does not say it already.
std::string brandLine(const std::string& brand, const std::string& name);
/// What this store has of it: one line with a coloured dot, or nothing when it is not known.
std::string stockLine(std::optional<std::int32_t> quantity, Lang lang);
std::string servicesOf(const Visit& visit);
/// With the pictures of the first `pictures` of them.
std::string offersOf(const std::vector<Offer>& offers, std::size_t pictures, Lang lang);
/// Brand, name, price and stock of a product.
std::string aboutOf(const Offer& offer, Lang lang);
std::string noticeOf(Notice notice, Lang lang);
/// A page's title, which says first that something in its form is wrong.
std::string titleOf(std::string_view title, bool hasProblems, Lang lang);
std::string toSignIn(Lang lang, std::string_view classes);

/// The beginning of a POST form with its token and language.
std::string formOpening(std::string_view path, const std::string& token, Lang lang);
/// A form that is one button.
std::string buttonForm(std::string_view path, const std::string& token, Lang lang, std::string_view label,
                       std::string_view classes);

/// Words and field of a problem.
struct ProblemInfo {
    Word word;
    std::string_view field; ///< id of the input
};
ProblemInfo infoOf(Problem problem);
/// The box above a form that names every problem and leads to its field.
std::string problemSummary(const std::vector<Problem>& problems, Lang lang);
/// The first problem of a field, for below its label; empty without one.
std::string problemOfField(const std::vector<Problem>& problems, std::string_view field, Lang lang);

} // namespace silta::portal
