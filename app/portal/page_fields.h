// Fields and consents of the portal's forms. Internal to the portal's pages.
#pragma once

#include "portal/pages.h"

#include <string>
#include <string_view>
#include <vector>

namespace silta::portal {

/// What distinguishes one input from another.
struct FieldForm {
    std::string_view id; ///< of the element, and its name in the form
    Word label, hint;
    std::string_view attributes; ///< type, keyboard, autocomplete
    std::size_t charsMax;
};
inline constexpr FieldForm kEmailField = {
    "email", Word::LabelEmail, Word::HintEmail,
    "type=email inputmode=email autocomplete=email autocapitalize=off spellcheck=false", kAddressBytesMax};

/// Label, hint, what is wrong, and the input. `value` is HTML.
std::string inputOf(const FieldForm& form, const std::string& value, const std::vector<Problem>& problems,
                    Lang lang);
/// A checkbox with its exact words, ticked only where this person has ticked it. `withoutIt`: what a consent
/// to marketing says of being left out.
std::string consentOf(ConsentId id, const std::vector<ConsentId>& ticked,
                      const std::vector<Problem>& problems, Lang lang, Word withoutIt = Word::MarketingNote);

} // namespace silta::portal
