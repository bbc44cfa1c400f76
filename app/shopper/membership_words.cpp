#include "shopper/membership_words.h"

#include <silta/catalog.h>
#include <silta/crypto.h>

#include <algorithm>

namespace silta {

namespace {

constexpr int kAgeDefault = 16;

struct Row {
    std::string_view purpose, channel;
    std::array<std::string_view, kLanguages.size()> texts;
};

// clang-format off
constexpr std::array<Row, kMembershipConsents.size()> kRows = {{
    {"membership-terms", "any",
     {"I want to become a member and accept the membership terms. My details are used to run my membership.",
      "Haluan liittyä jäseneksi ja hyväksyn jäsenehdot. Tietojani käytetään jäsenyyteni hoitamiseen.",
      "Jag vill bli medlem och godkänner medlemsvillkoren. Mina uppgifter används för att sköta mitt medlemskap.",
      "Chcę zostać klubowiczem i akceptuję regulamin klubu. Moje dane będą używane do prowadzenia mojego członkostwa."}},
    {"age", "any",
     {"I am at least {} years old, or my parent or guardian is here and agrees.",
      "Olen vähintään {}-vuotias, tai huoltajani on paikalla ja suostuu tähän.",
      "Jag är minst {} år, eller min vårdnadshavare är här och samtycker.",
      "Mam co najmniej {} lat albo mój rodzic lub opiekun jest obecny i wyraża zgodę."}},
    {"marketing", "email",
     {"Send me news and offers by e-mail.",
      "Lähettäkää minulle uutisia ja tarjouksia sähköpostitse.",
      "Skicka nyheter och erbjudanden till mig via e-post.",
      "Chcę otrzymywać nowości i promocje e-mailem."}},
    {"marketing", "sms",
     {"Send me news and offers by text message.",
      "Lähettäkää minulle uutisia ja tarjouksia tekstiviestillä.",
      "Skicka nyheter och erbjudanden till mig via sms.",
      "Chcę otrzymywać nowości i promocje SMS-em."}},
}};
// clang-format on

const Row& rowOf(MembershipConsent consent) {
    return kRows[static_cast<std::size_t>(consent)];
}

} // namespace

int ageOfConsent(std::string_view country) {
    struct Age {
        std::string_view country;
        int years;
    };
    constexpr std::array<Age, 14> kAges = {{{"BE", 13},
                                            {"DK", 15},
                                            {"EE", 13},
                                            {"ES", 14},
                                            {"FI", 13},
                                            {"FR", 15},
                                            {"GB", 13},
                                            {"IS", 13},
                                            {"IT", 14},
                                            {"LT", 14},
                                            {"LV", 13},
                                            {"NO", 13},
                                            {"PT", 13},
                                            {"SE", 13}}};
    const auto found = std::ranges::find(kAges, country, &Age::country);
    return found == kAges.end() ? kAgeDefault : found->years;
}

std::string membershipWording(MembershipConsent consent, std::string_view lang, int age) {
    const auto at = std::ranges::find(kLanguages, lang) - kLanguages.begin();
    const auto& texts = rowOf(consent).texts;
    const auto slot = static_cast<std::size_t>(at);
    std::string text(texts[slot < texts.size() ? slot : 0]);
    if (const auto gap = text.find("{}"); gap != std::string::npos) text.replace(gap, 2, std::to_string(age));
    return text;
}

Consent membershipConsent(MembershipConsent consent, std::string_view lang, int age, bool granted) {
    const auto& row = rowOf(consent);
    return {.purpose = std::string(row.purpose),
            .channel = std::string(row.channel),
            .granted = granted,
            .wordingHash = sha256Hex(membershipWording(consent, lang, age)),
            .lang = std::string(lang),
            .version = {}};
}

} // namespace silta
