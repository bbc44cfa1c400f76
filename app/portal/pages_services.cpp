// Pages of the services that a guest finds beside the internet.
#include "portal/page_fields.h"
#include "portal/page_parts.h"
#include "portal/pages.h"
#include "web/page_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::portal {

namespace {

constexpr std::size_t kNumberGroup = 4; // digits that are read aloud together

constexpr FieldForm kNameField = {"name", Word::LabelName, Word::HintName,
                                  "type=text autocomplete=name spellcheck=false", kPersonBytesMax};
constexpr FieldForm kJoinPhoneField = {"phone", Word::LabelPhone, Word::HintJoinPhone,
                                       "type=tel inputmode=tel autocomplete=tel", 32};

/// What all of them begin with.
std::string cardOf(const Visit& visit, Icon icon, Word title, Word lead, const std::string& below) {
    return fmt::format("<section class=card><div class=badge>{}</div><p class=store>{}</p><h1>{}</h1><p "
                       "class=lead>{}</p>{}</section>",
                       iconOf(icon), isolated(visit.store, kNameBytesMax), word(title, visit.lang),
                       word(lead, visit.lang), below);
}

/// The way back: to the sign-in, or to what a guest who is in has.
std::string wayHome(const Visit& visit) {
    return fmt::format("<p class=links><a href=\"{}?lang={}\">{}</a></p>", kHomePath, codeOf(visit.lang),
                       word(Word::BackHome, visit.lang));
}

std::string foundOf(const Find& find, Lang lang) {
    if (find.isUnavailable)
        return fmt::format("<p class=lead role=status>{}</p>", word(Word::FindUnavailable, lang));
    if (find.words.empty()) return {};
    if (find.found.empty())
        return fmt::format("<p class=lead role=status>{}</p>", word(Word::FindNothing, lang));
    std::string rows;
    for (std::size_t i = 0; i < std::min(find.found.size(), kFoundMax); ++i)
        rows += fmt::format("<li><div class=about>{}</div></li>", aboutOf(find.found[i], lang));
    return fmt::format("<section class=found><h2>{}</h2><ul>{}</ul></section>",
                       filled(word(Word::FoundFor, lang), isolated(find.words, kWordsBytesMax)), rows);
}

} // namespace

std::string renderCollect(const Visit& visit) {
    const auto lang = visit.lang;
    std::string steps;
    for (const auto step : {Word::CollectStepBring, Word::CollectStepDesk, Word::CollectStepCheck})
        steps += fmt::format("<li>{}</li>", word(step, lang));
    const auto main = cardOf(visit, Icon::Box, Word::CollectTitle, Word::CollectLead, hoursBadge(visit)) +
                      fmt::format("<section class=steps><h2>{}</h2><ol>{}</ol></section>{}",
                                  word(Word::CollectSteps, lang), steps, wayHome(visit));
    return documentOf(visit, {Sheet::Service, "message", std::string(word(Word::CollectTitle, lang)), main});
}

std::string renderFind(const Visit& visit, const Find& find) {
    const auto lang = visit.lang;
    const auto form = fmt::format(
        "<form action=\"{}\" role=search><input type=hidden name=lang value={}><div class=field><label "
        "for=q>{}</label><p class=hint id=q-hint>{}</p><input id=q name=q type=search maxlength={} "
        "autocomplete=off enterkeyhint=search aria-describedby=q-hint value=\"{}\"></div><button "
        "class=go>{}{}</button></form>",
        kFindPath, codeOf(lang), word(Word::FindLabel, lang), word(Word::FindHint, lang), kWordsCharsMax,
        escaped(find.words, kWordsBytesMax), word(Word::FindButton, lang), iconOf(Icon::Search));
    const auto main = cardOf(visit, Icon::Search, Word::FindTitle, Word::FindLead, form) +
                      foundOf(find, lang) + wayHome(visit);
    return documentOf(visit, {Sheet::Service, "message", std::string(word(Word::FindTitle, lang)), main});
}

std::string renderJoin(const Visit& visit, const Join& join) {
    const auto lang = visit.lang;
    std::string consents;
    for (const auto id : kJoinConsentIds)
        consents += consentOf(id, join.ticked, join.problems, lang, Word::JoinNote);
    const auto form = fmt::format(
        "{}{}{}{}{}{}{}<button class=go>{}{}</button><p class=seal>{}<span>{}</span></p></form>",
        noticeOf(join.notice, lang), formOpening(kJoinPath, join.token, lang),
        problemSummary(join.problems, lang),
        inputOf(kNameField, escaped(join.name, kPersonBytesMax), join.problems, lang),
        inputOf(kEmailField, escaped(join.email, kAddressBytesMax), join.problems, lang),
        inputOf(kJoinPhoneField, escaped(join.phone, kAddressBytesMax), join.problems, lang), consents,
        word(Word::JoinButton, lang), iconOf(Icon::Arrow), iconOf(Icon::Lock), word(Word::DataNote, lang));
    const auto main = cardOf(visit, Icon::Star, Word::JoinTitle, Word::JoinLead, form) + wayHome(visit);
    return documentOf(visit, {Sheet::Service, "message",
                              titleOf(word(Word::JoinTitle, lang), !join.problems.empty(), lang), main});
}

std::string renderJoined(const Visit& visit, const std::string& number) {
    const auto lang = visit.lang;
    std::string shown;
    const auto safe = escapedCode(number, kCodeBytesMax);
    for (std::size_t i = 0; i < safe.size(); ++i) {
        if (i > 0 && i % kNumberGroup == 0) shown += "\u00a0";
        shown += safe[i];
    }
    const auto main = cardOf(visit, Icon::Check, Word::JoinedTitle, Word::JoinedText,
                             fmt::format("<dl class=number><dt>{}</dt><dd>{}</dd></dl>",
                                         word(Word::JoinedNumber, lang), shown)) +
                      wayHome(visit);
    return documentOf(visit, {Sheet::Service, "message", std::string(word(Word::JoinedTitle, lang)), main});
}

} // namespace silta::portal
