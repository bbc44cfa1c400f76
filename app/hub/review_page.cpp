#include "hub/review_page.h"

#include "hub/review_registry.h"
#include "web/page_look.h"
#include "web/page_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace silta::hub {

namespace {

enum class Word {
    Language,
    Title,
    Lead,
    StarsOf,
    Text,
    Optional,
    Hint,
    Send,
    Wrong,
    Error,
    StarsMissing,
    TooLong,
    Thanks,
    ThanksText,
    Unknown,
    UnknownText,
    Over,
    OverText,
    Used,
    UsedText,
    Failed,
    FailedText,
    Message,
    Count_
};

using Texts = std::array<std::string_view, kLangs.size()>;

// clang-format off
constexpr std::array<Texts, static_cast<std::size_t>(Word::Count_)> kTexts = {{
    {"Language", "Kieli", "Språk", "Język"},
    {"How do you like it?", "Mitä pidit?", "Vad tycker du?", "Jak się sprawdza?"},
    {"You bought this here. Others in our shops may see your stars and your words, but not your name.",
     "Ostit tämän meiltä. Muut voivat nähdä tähtesi ja tekstisi myymälöissämme, mutta eivät nimeäsi.",
     "Du köpte det här hos oss. Andra i våra butiker kan få se dina stjärnor och din text, men inte ditt namn.",
     "To Twój zakup u nas. Inni mogą zobaczyć w naszych sklepach Twoje gwiazdki i słowa, ale nie imię."},
    {"{} of 5 stars", "{} / 5 tähteä", "{} av 5 stjärnor", "{} z 5 gwiazdek"},
    {"In your own words", "Omin sanoin", "Med egna ord", "Własnymi słowami"},
    {"optional", "vapaaehtoinen", "valfritt", "opcjonalnie"},
    {"No names or phone numbers, please. We read it before others see it.",
     "Jätä nimet ja puhelinnumerot pois. Luemme tekstin, ennen kuin muut näkevät sen.",
     "Skriv inga namn eller telefonnummer. Vi läser texten innan andra ser den.",
     "Bez nazwisk i numerów telefonu. Czytamy tekst, zanim zobaczą go inni."},
    {"Send", "Lähetä", "Skicka", "Wyślij"},
    {"Something is missing", "Jotain puuttuu", "Något saknas", "Czegoś brakuje"},
    {"Error", "Virhe", "Fel", "Błąd"},
    {"Choose one to five stars.", "Valitse yhdestä viiteen tähteä.", "Välj en till fem stjärnor.",
     "Wybierz od jednej do pięciu gwiazdek."},
    {"The text is too long: 1,000 characters at most.", "Teksti on liian pitkä: enintään 1 000 merkkiä.",
     "Texten är för lång: högst 1 000 tecken.", "Tekst jest za długi: najwyżej 1000 znaków."},
    {"Thank you", "Kiitos", "Tack", "Dziękujemy"},
    {"We read it before others see it.", "Luemme arviosi, ennen kuin muut näkevät sen.",
     "Vi läser det innan andra ser det.", "Przeczytamy to, zanim zobaczą to inni."},
    {"This link does not work", "Tämä linkki ei toimi", "Den här länken fungerar inte", "Ten link nie działa"},
    {"Please open the link in the message again.", "Avaa viestin linkki uudelleen.",
     "Öppna länken i meddelandet igen.", "Otwórz jeszcze raz link z wiadomości."},
    {"This link is too old", "Linkki on vanhentunut", "Länken är för gammal", "Ten link stracił ważność"},
    {"It works for thirty days.", "Se toimii kolmekymmentä päivää.", "Den fungerar i trettio dagar.",
     "Działa przez trzydzieści dni."},
    {"You have answered already", "Olet jo vastannut", "Du har redan svarat", "Mamy już Twoją odpowiedź"},
    {"The link works once. Thank you!", "Linkki toimii kerran. Kiitos!", "Länken fungerar en gång. Tack!",
     "Link działa tylko raz. Dziękujemy!"},
    {"That did not work", "Se ei onnistunut", "Det gick inte", "Nie udało się"},
    {"Nothing was kept. Please try again.", "Mitään ei tallennettu. Yritä uudelleen.",
     "Ingenting sparades. Försök igen.", "Nic nie zapisano. Spróbuj ponownie."},
    {"{}: how do you like what you bought? Tell us here within 30 days: {}",
     "{}: mitä pidit ostoksestasi? Kerro täällä 30 päivän kuluessa: {}",
     "{}: vad tycker du om det du köpte? Berätta här inom 30 dagar: {}",
     "{}: jak sprawdza się Twój zakup? Oceń go tutaj w ciągu 30 dni: {}"},
}};
// clang-format on

constexpr std::string_view kReview = R"css(
.thing{border-top:1px solid var(--line);padding-top:1.5rem}
.thing legend{float:left;width:100%;margin-bottom:.15rem;overflow-wrap:anywhere}
.thing legend+*{clear:both}
.brand{color:var(--soft);margin-bottom:.5rem}
.stars{display:flex;margin:.5rem 0 1rem -.5rem}
.stars label{position:relative;display:grid;place-items:center;width:3.25rem;height:3.25rem;cursor:pointer}
.stars .icon{width:2.375rem;height:2.375rem;color:var(--edge)}
.stars input[type=radio]{position:absolute;inset:0;top:0;width:100%;height:100%;border-radius:.6rem;opacity:0}
.stars label:focus-within{outline:3px solid var(--ink);outline-offset:-2px;border-radius:.6rem}
.stars input:checked+.icon{fill:var(--arch);color:var(--arch)}
.stars label:has(~label input:checked) .icon{fill:var(--arch);color:var(--arch)}
textarea{display:block;width:100%;min-height:7.5rem;margin-top:.35rem;padding:.75rem 1rem;font:inherit;font-size:1.125rem;
color:inherit;background:var(--ground);border:1.5px solid var(--edge);border-radius:.9rem;resize:vertical}
textarea:focus{border-color:var(--ink);outline:1.5px solid var(--ink);outline-offset:0;border-radius:.9rem}
textarea[aria-invalid]{border-color:var(--accent);background:var(--wash)}
.privacy{margin-top:2rem}
.privacy+.go{margin-top:1rem}
@media(forced-colors:active){.stars .icon{color:CanvasText}.stars input:checked+.icon,
.stars label:has(~label input:checked) .icon{fill:Highlight;color:Highlight}}
)css";

std::string_view word(Word id, Lang lang) {
    return kTexts[static_cast<std::size_t>(id)][static_cast<std::size_t>(lang)];
}

const std::string& style() {
    static const std::string sheet = phoneStyle(kReview);
    return sheet;
}

Word wordOf(ReviewProblem problem) {
    return problem == ReviewProblem::TooLong ? Word::TooLong : Word::StarsMissing;
}

std::string starsOf(const ReviewThing& thing, std::size_t index, Lang lang) {
    std::string labels;
    for (int stars = 1; stars <= kReviewStarsMax; ++stars)
        labels += fmt::format(
            "<label><input type=radio name={0} value={1}{2}{3} aria-label=\"{4}\">{5}</label>",
            starsField(index), stars, stars == 1 ? fmt::format(" id={}", starsField(index)) : std::string(),
            stars == thing.stars ? " checked" : "", filled(word(Word::StarsOf, lang), std::to_string(stars)),
            iconOf(Icon::Star));
    return fmt::format("<div class=stars>{}</div>", labels);
}

std::string thingOf(const ReviewThing& thing, std::size_t index, Lang lang) {
    const auto brand = thing.brand.empty()
                           ? std::string()
                           : fmt::format("<p class=brand>{}</p>", isolated(thing.brand, kPhoneTextBytesMax));
    const auto wrong = thing.problem == ReviewProblem::None
                           ? std::string()
                           : fmt::format("<p class=wrong>{}</p>", word(wordOf(thing.problem), lang));
    // No maxlength: browsers count in other units, and would cut what somebody pastes without a word.
    return fmt::format(
        "<fieldset class=thing><legend>{}</legend>{}{}{}<div class=field><label for={}>{} <span "
        "class=optional>({})</span></label><textarea id={} name={} rows=4{}>{}</textarea></div>"
        "</fieldset>",
        isolated(thing.title, kPhoneTextBytesMax), brand, starsOf(thing, index, lang), wrong,
        textField(index), word(Word::Text, lang), word(Word::Optional, lang), textField(index),
        textField(index), thing.problem == ReviewProblem::TooLong ? " aria-invalid=true" : "",
        escaped(thing.text, kReviewTextBytesMax));
}

std::string problemsOf(const std::vector<ReviewThing>& things, Lang lang) {
    std::string rows;
    for (std::size_t i = 0; i < things.size(); ++i) {
        const auto problem = things[i].problem;
        if (problem == ReviewProblem::None) continue;
        rows += fmt::format("<li><a href=\"#{}\">{}</a></li>",
                            problem == ReviewProblem::TooLong ? textField(i) : starsField(i),
                            word(wordOf(problem), lang));
    }
    if (rows.empty()) return {};
    return fmt::format("<div class=problems role=alert tabindex=-1 autofocus>{}<div><h2>{}</h2><ul>{}</ul>"
                       "</div></div>",
                       iconOf(Icon::Alert), word(Word::Wrong, lang), rows);
}

std::string saying(const PhoneFrame& frame, Word title, Word text) {
    return phoneDocument(frame, style(), word(title, frame.lang), {},
                         phoneHeading(frame, word(title, frame.lang), word(text, frame.lang)));
}

} // namespace

const std::string& reviewPagePolicy() {
    static const std::string policy = phonePolicy(style());
    return policy;
}

std::string starsField(std::size_t index) {
    return fmt::format("stars_{}", index);
}

std::string textField(std::size_t index) {
    return fmt::format("text_{}", index);
}

std::string renderReviewForm(const PhoneFrame& frame, std::string_view address,
                             const std::vector<ReviewThing>& things) {
    const auto lang = frame.lang;
    std::string fields;
    for (std::size_t i = 0; i < things.size(); ++i)
        fields += thingOf(things[i], i, lang);
    const auto problems = problemsOf(things, lang);
    const auto body =
        phoneHeading(frame, word(Word::Title, lang), word(Word::Lead, lang)) + problems +
        fmt::format("<form method=post action=\"{}\" novalidate><input type=hidden name=lang value={}>{}"
                    "<p class=\"hint privacy\">{}</p><button class=go>{}</button></form>",
                    escaped(address, kPhoneAddressBytesMax), codeOf(lang), fields, word(Word::Hint, lang),
                    word(Word::Send, lang));
    auto title = std::string(word(Word::Title, lang));
    if (!problems.empty()) title = fmt::format("{}: {}", word(Word::Error, lang), title);
    return phoneDocument(frame, style(), title, phoneLanguages(lang, address, word(Word::Language, lang)),
                         body);
}

std::string renderReviewThanks(const PhoneFrame& frame) {
    return saying(frame, Word::Thanks, Word::ThanksText);
}

std::string renderReviewEnd(const PhoneFrame& frame, ReviewEnd end) {
    switch (end) {
    case ReviewEnd::Over:
        return saying(frame, Word::Over, Word::OverText);
    case ReviewEnd::Used:
        return saying(frame, Word::Used, Word::UsedText);
    case ReviewEnd::Failed:
        return saying(frame, Word::Failed, Word::FailedText);
    case ReviewEnd::Unknown:
        break;
    }
    return saying(frame, Word::Unknown, Word::UnknownText);
}

std::string reviewMessage(std::string_view lang, std::string_view chain, std::string_view url) {
    return filled(word(Word::Message, chooseLang(lang, {})), chain, url);
}

} // namespace silta::hub
