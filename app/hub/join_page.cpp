#include "hub/join_page.h"

#include "shopper/consent_field.h"
#include "web/limits.h"
#include "web/page_look.h"
#include "web/page_text.h"
#include "web/qr_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace silta::hub {

namespace {

constexpr std::size_t kCodeBytesMax = 128;

enum class Word {
    Language,
    Title,
    Lead,
    Contact,
    Email,
    Phone,
    Name,
    Optional,
    Needed,
    IfYouLike,
    Join,
    Wrong,
    Error,
    Done,
    Number,
    ShowIt,
    NumberPicture,
    Gift,
    Until,
    Unknown,
    UnknownText,
    Over,
    OverText,
    Used,
    UsedText,
    Failed,
    FailedText,
    Count_
};

using Texts = std::array<std::string_view, kLangs.size()>;

// clang-format off
constexpr std::array<Texts, static_cast<std::size_t>(Word::Count_)> kTexts = {{
    {"Language", "Kieli", "Språk", "Język"},
    {"Become a member", "Liity jäseneksi", "Bli medlem", "Dołącz do klubu"},
    {"What you type goes straight to headquarters. Nobody at the till sees it.",
     "Tietosi menevät suoraan keskukseen. Kassalla niitä ei näe kukaan.",
     "Det du skriver går direkt till huvudkontoret. Ingen i kassan ser det.",
     "To, co wpiszesz, trafia prosto do centrali. Nikt przy kasie tego nie widzi."},
    {"E‑mail or phone, whichever you like", "Sähköposti tai puhelin, kumpi vain", "E‑post eller telefon, vilket du vill",
     "E‑mail albo telefon, jak wolisz"},
    {"E‑mail", "Sähköposti", "E‑post", "E‑mail"},
    {"Phone number", "Puhelinnumero", "Telefonnummer", "Numer telefonu"},
    {"Name", "Nimi", "Namn", "Imię i nazwisko"},
    {"optional", "vapaaehtoinen", "valfritt", "opcjonalnie"},
    {"Needed to join", "Liittymiseen tarvitaan", "Krävs för att bli medlem", "Potrzebne, aby dołączyć"},
    {"If you like", "Jos haluat", "Om du vill", "Jeśli chcesz"},
    {"Join", "Liity", "Bli medlem", "Dołącz"},
    {"Something is missing", "Jotain puuttuu", "Något saknas", "Czegoś brakuje"},
    {"Error", "Virhe", "Fel", "Błąd"},
    {"You are a member", "Olet nyt jäsen", "Nu är du medlem", "Jesteś w klubie"},
    {"Your member number", "Jäsennumerosi", "Ditt medlemsnummer", "Twój numer klubowy"},
    {"Show this number at the till. It works from now on.", "Näytä tämä numero kassalla. Se toimii heti.",
     "Visa det här numret i kassan. Det fungerar från och med nu.", "Pokaż ten numer przy kasie. Działa od teraz."},
    {"The member number as a code to scan", "Jäsennumero luettavana koodina", "Medlemsnumret som kod att läsa av",
     "Numer klubowy jako kod do zeskanowania"},
    {"For you, now", "Sinulle heti", "Till dig, nu", "Dla ciebie, od razu"},
    {"Valid until {}", "Voimassa {} asti", "Gäller till {}", "Ważny do {}"},
    {"This code does not work", "Tämä koodi ei toimi", "Den här koden fungerar inte", "Ten kod nie działa"},
    {"Ask at the till for another one.", "Pyydä kassalta uusi.", "Be om en ny i kassan.", "Poproś przy kasie o nowy."},
    {"This code is too old", "Tämä koodi on vanhentunut", "Den här koden är för gammal", "Ten kod stracił ważność"},
    {"It works for half an hour. Ask at the till for another one.", "Se toimii puoli tuntia. Pyydä kassalta uusi.",
     "Den fungerar i en halvtimme. Be om en ny i kassan.", "Działa przez pół godziny. Poproś przy kasie o nowy."},
    {"This code has been used", "Tämä koodi on jo käytetty", "Den här koden är redan använd", "Ten kod został już użyty"},
    {"It works once. Ask at the till for another one.", "Se toimii kerran. Pyydä kassalta uusi.",
     "Den fungerar en gång. Be om en ny i kassan.", "Działa tylko raz. Poproś przy kasie o nowy."},
    {"That did not work", "Se ei onnistunut", "Det gick inte", "Nie udało się"},
    {"Nothing was kept. Please try again.", "Mitään ei tallennettu. Yritä uudelleen.",
     "Ingenting sparades. Försök igen.", "Nic nie zapisano. Spróbuj ponownie."},
}};

struct ProblemText {
    std::string_view field;
    Texts texts;
};
/// In the order of JoinProblem.
constexpr std::array<ProblemText, 6> kProblems = {{
    {"email", {"Type an e‑mail address or a phone number.", "Kirjoita sähköposti tai puhelinnumero.",
               "Skriv en e‑postadress eller ett telefonnummer.", "Wpisz adres e‑mail albo numer telefonu."}},
    {"email", {"This does not look like an e‑mail address.", "Tämä ei näytä sähköpostiosoitteelta.",
               "Det ser inte ut som en e‑postadress.", "To nie wygląda na adres e‑mail."}},
    {"phone", {"This does not look like a phone number.", "Tämä ei näytä puhelinnumerolta.",
               "Det ser inte ut som ett telefonnummer.", "To nie wygląda na numer telefonu."}},
    {"name", {"The name is too long.", "Nimi on liian pitkä.", "Namnet är för långt.", "Imię i nazwisko są za długie."}},
    {"terms", {"Accept the membership terms to join.", "Hyväksy jäsenehdot, niin voit liittyä.",
               "Godkänn medlemsvillkoren för att bli medlem.", "Aby dołączyć, zaakceptuj regulamin klubu."}},
    {"age", {"Confirm your age, or let a parent or guardian do it.", "Vahvista ikäsi, tai pyydä huoltajaa tekemään se.",
             "Bekräfta din ålder, eller låt en vårdnadshavare göra det.", "Potwierdź swój wiek albo poproś o to rodzica lub opiekuna."}},
}};
// clang-format on

constexpr std::string_view kJoin = R"css(
.number{font-size:clamp(1.625rem,1rem + 2.6vw,2.5rem);font-weight:650;letter-spacing:-.01em;line-height:1.15;
font-variant-numeric:tabular-nums;overflow-wrap:normal;hyphens:none}
.lead+.kicker{margin-top:2rem}
.qr{width:100%;max-width:14rem;background:#fff;border-radius:1rem;margin:1.25rem 0 0;border:1px solid var(--line)}
.coupon{background:#16181b;color:#fff;border-radius:1.5rem;padding:1.5rem 1.6rem;margin-top:2rem;border:1px solid var(--line)}
.coupon h2{font-size:1.0625rem;font-weight:550;letter-spacing:0;color:#c9cbce}
.coupon .gift{font-size:1.75rem;line-height:1.15;font-weight:650;letter-spacing:-.025em;margin:.35rem 0 .75rem;color:#fff}
.coupon p{color:#c9cbce}
.coupon code{color:#fff;font:inherit;font-weight:650;font-size:1.375rem;letter-spacing:.06em;overflow-wrap:anywhere;hyphens:none}
)css";

std::string_view word(Word id, Lang lang) {
    return kTexts[static_cast<std::size_t>(id)][static_cast<std::size_t>(lang)];
}

const std::string& style() {
    static const std::string sheet = phoneStyle(kJoin);
    return sheet;
}

std::string problemsOf(const JoinForm& form, Lang lang) {
    if (form.problems.empty()) return {};
    std::string rows;
    for (const auto problem : form.problems) {
        const auto& row = kProblems[static_cast<std::size_t>(problem)];
        rows += fmt::format("<li><a href=\"#{}\">{}</a></li>", row.field,
                            row.texts[static_cast<std::size_t>(lang)]);
    }
    return fmt::format("<div class=problems role=alert tabindex=-1 autofocus>{}<div><h2>{}</h2><ul>{}</ul>"
                       "</div></div>",
                       iconOf(Icon::Alert), word(Word::Wrong, lang), rows);
}

bool isWrong(const JoinForm& form, std::string_view field) {
    return std::ranges::any_of(form.problems, [field](JoinProblem problem) {
        return kProblems[static_cast<std::size_t>(problem)].field == field;
    });
}

struct Input {
    std::string_view name, attributes;
    Word label;
    bool isOptional = false;
};

std::string inputOf(const JoinForm& form, const Input& input, const std::string& value, Lang lang) {
    const auto tag = input.isOptional
                         ? fmt::format(" <span class=optional>({})</span>", word(Word::Optional, lang))
                         : std::string();
    return fmt::format("<div class=field><label for={0}>{1}{2}</label><input id={0} name={0} {3} "
                       "maxlength={4} value=\"{5}\"{6}></div>",
                       input.name, word(input.label, lang), tag, input.attributes, kEmailAddressBytesMax,
                       escaped(value, kFormValueBytesMax),
                       isWrong(form, input.name) ? " aria-invalid=true" : "");
}

std::string consentOf(const JoinForm& form, MembershipConsent consent, Lang lang) {
    const bool isTicked = std::ranges::find(form.ticked, consent) != form.ticked.end();
    const bool isNeeded = consent == MembershipConsent::Terms || consent == MembershipConsent::Age;
    const auto name = checkboxOf(consent);
    return fmt::format(
        "<div class=consent><label for={0}><input type=checkbox id={0} name={0} value=yes{1}{2}"
        "{3}><span>{4}</span></label></div>",
        name, isTicked ? " checked" : "", isNeeded ? " aria-required=true" : "",
        isWrong(form, name) ? " aria-invalid=true" : "", membershipWording(consent, codeOf(lang), form.age));
}

} // namespace

const std::string& joinPagePolicy() {
    static const std::string policy = phonePolicy(style());
    return policy;
}

std::string renderJoinForm(const PhoneFrame& frame, std::string_view address, const JoinForm& form) {
    constexpr Input kEmail = {"email",
                              "type=email inputmode=email autocomplete=email autocapitalize=off "
                              "spellcheck=false",
                              Word::Email};
    constexpr Input kPhone = {"phone", "type=tel inputmode=tel autocomplete=tel", Word::Phone};
    constexpr Input kName = {"name", "type=text autocomplete=name spellcheck=false", Word::Name, true};
    const auto lang = frame.lang;
    const auto fieldset = [lang](Word legend, const std::string& inner) {
        return fmt::format("<fieldset><legend>{}</legend>{}</fieldset>", word(legend, lang), inner);
    };
    const auto fields = inputOf(form, kEmail, form.email, lang) + inputOf(form, kPhone, form.phone, lang) +
                        inputOf(form, kName, form.name, lang);
    const auto needed =
        consentOf(form, MembershipConsent::Terms, lang) + consentOf(form, MembershipConsent::Age, lang);
    const auto liked = consentOf(form, MembershipConsent::EmailMarketing, lang) +
                       consentOf(form, MembershipConsent::SmsMarketing, lang);
    const auto body =
        phoneHeading(frame, word(Word::Title, lang), word(Word::Lead, lang)) + problemsOf(form, lang) +
        fmt::format("<form method=post action=\"{}\" novalidate><input type=hidden name=lang value={}>{}{}{}"
                    "<button class=go>{}</button></form>",
                    escaped(address, kPhoneAddressBytesMax), codeOf(lang), fieldset(Word::Contact, fields),
                    fieldset(Word::Needed, needed), fieldset(Word::IfYouLike, liked), word(Word::Join, lang));
    auto title = std::string(word(Word::Title, lang));
    if (!form.problems.empty()) title = fmt::format("{}: {}", word(Word::Error, lang), title);
    return phoneDocument(frame, style(), title, phoneLanguages(lang, address, word(Word::Language, lang)),
                         body);
}

std::string renderJoined(const PhoneFrame& frame, const std::string& number, const JoinedCoupon* coupon) {
    constexpr std::size_t kGroup = 4;
    const auto lang = frame.lang;
    std::string shown;
    for (std::size_t i = 0; i < number.size(); ++i) {
        if (i > 0 && i % kGroup == 0) shown += ' '; // where it may break
        shown += number[i];
    }
    auto body = phoneHeading(frame, word(Word::Done, lang), word(Word::ShowIt, lang));
    body += fmt::format("<p class=kicker>{}</p><p class=number>{}</p>{}", word(Word::Number, lang),
                        escaped(shown, kPhoneTextBytesMax),
                        qrPicture(qrCodeOf(number), word(Word::NumberPicture, lang)));
    if (coupon != nullptr)
        body += fmt::format("<section class=coupon><h2>{}</h2><p class=gift>{}</p><p><code>{}</code></p><p>{}"
                            "</p></section>",
                            word(Word::Gift, lang), isolated(coupon->title, kPhoneTextBytesMax),
                            escaped(coupon->code, kCodeBytesMax),
                            filled(word(Word::Until, lang), dayText(coupon->lastDay, lang)));
    return phoneDocument(frame, style(), word(Word::Done, lang), {}, body);
}

std::string renderJoinEnd(const PhoneFrame& frame, JoinEnd end) {
    struct Said {
        Word title, text;
    };
    constexpr std::array<Said, 4> kSaid = {{{Word::Unknown, Word::UnknownText},
                                            {Word::Over, Word::OverText},
                                            {Word::Used, Word::UsedText},
                                            {Word::Failed, Word::FailedText}}};
    const auto& said = kSaid[static_cast<std::size_t>(end)];
    return phoneDocument(frame, style(), word(said.title, frame.lang), {},
                         phoneHeading(frame, word(said.title, frame.lang), word(said.text, frame.lang)));
}

} // namespace silta::hub
