#include "portal/page_fields.h"

#include "portal/page_parts.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::portal {

namespace {

/// What stands beside a consent's words: why it may be left out, or where to read what it agrees to.
std::string noteOf(ConsentId id, Word withoutIt, Lang lang) {
    switch (id) {
    case ConsentId::WifiTerms:
        return fmt::format("<a href=\"{}?lang={}\">{}</a>", kTermsPath, codeOf(lang),
                           word(Word::ReadTerms, lang));
    case ConsentId::Membership:
        return fmt::format("<a href=\"{}?lang={}\">{}</a>", kPrivacyPath, codeOf(lang),
                           word(Word::Privacy, lang));
    case ConsentId::EmailMarketing:
    case ConsentId::SmsMarketing:
        break;
    }
    return std::string(word(withoutIt, lang));
}

} // namespace

std::string inputOf(const FieldForm& form, const std::string& value, const std::vector<Problem>& problems,
                    Lang lang) {
    const auto wrong = problemOfField(problems, form.id, lang);
    return fmt::format("<div class=field><label for={0}>{1}</label><p class=hint "
                       "id={0}-hint>{2}</p>{3}<input id={0} name={0} {4} "
                       "maxlength={5} aria-describedby=\"{6}{0}-hint\"{7}{8}></div>",
                       form.id, word(form.label, lang), word(form.hint, lang), wrong, form.attributes,
                       form.charsMax, wrong.empty() ? std::string() : fmt::format("{}-wrong ", form.id),
                       wrong.empty() ? "" : " aria-invalid=true",
                       value.empty() ? std::string() : fmt::format(" value=\"{}\"", value));
}

std::string consentOf(ConsentId id, const std::vector<ConsentId>& ticked,
                      const std::vector<Problem>& problems, Lang lang, Word withoutIt) {
    const auto& wording = consentWording(id);
    const bool isTicked = std::ranges::find(ticked, id) != ticked.end();
    const bool isRequired = id == ConsentId::WifiTerms || id == ConsentId::Membership;
    const auto wrong = problemOfField(problems, wording.field, lang);
    const auto* const required =
        wrong.empty() ? " aria-required=true" : " aria-required=true aria-invalid=true";
    return fmt::format(
        "<div class=consent>{0}<label for={1}><input type=checkbox id={1} name={1} value=\"{2}\"{3} "
        "aria-describedby=\"{4}{1}-note\"{5}><span>{6}</span></label><p class=hint id={1}-note><b "
        "class=tag>{7}</b> {8}</p></div>",
        wrong, wording.field, wording.version, isTicked ? " checked" : "",
        wrong.empty() ? std::string() : fmt::format("{}-wrong ", wording.field), isRequired ? required : "",
        consentText(id, lang), word(isRequired ? Word::Required : Word::Optional, lang),
        noteOf(id, withoutIt, lang));
}

} // namespace silta::portal
