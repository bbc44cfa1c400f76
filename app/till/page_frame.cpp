#include "till/page_frame.h"

#include "till/limits.h"
#include "till/order_pages.h"
#include "till/page_style.h"
#include "web/page_look.h"
#include "web/page_text.h"

#include <fmt/format.h>

namespace silta::till {

namespace {

constexpr std::size_t kTokenBytesMax = 128;

std::string languageLinks(Lang current) {
    std::string links;
    for (const auto lang : kLangs)
        links +=
            fmt::format("<a href=\"{0}?lang={1}\" lang={1} hreflang={1}{2} aria-label=\"{3}\">{4}</a>",
                        kHomePath, codeOf(lang), lang == current ? " aria-current=true" : "", nameOf(lang),
                        lang == Lang::En   ? "EN"
                        : lang == Lang::Fi ? "FI"
                        : lang == Lang::Sv ? "SV"
                                           : "PL");
    return fmt::format("<nav class=langs aria-label=\"{}\">{}</nav>", word(Word::Language, current), links);
}

std::string whoOf(const Frame& frame) {
    if (frame.staff.empty()) return {};
    return fmt::format(
        "<div class=who><span class=\"line{}\" role=status data-line=\"{}?{}=1\" data-up=\"{}\" "
        "data-down=\"{}\">{}</span><a class=orders-link data-orders "
        "aria-keyshortcuts=F2 href=\"{}?lang={}\">{} <kbd>F2</kbd></a><b>{}</b><form method=post "
        "action=\"{}\">{}<button class=quiet>{}</button></form></div>",
        frame.isOnline ? "" : " down", kLinePath, kIdleQuery, word(Word::Online, frame.lang),
        word(Word::Offline, frame.lang), word(frame.isOnline ? Word::Online : Word::Offline, frame.lang),
        kOrdersPath, codeOf(frame.lang), word(Word::Orders, frame.lang),
        isolated(frame.staff, kShownBytesMax), kSignOutPath, tokenField(frame.signOutToken, frame.lang),
        word(Word::SwitchUser, frame.lang));
}

} // namespace

std::string tokenField(const std::string& token, Lang lang) {
    return fmt::format("<input type=hidden name=token value=\"{}\"><input type=hidden name=lang value={}>",
                       escapedCode(token, kTokenBytesMax), codeOf(lang));
}

std::string documentOf(const Frame& frame, std::string_view kind, const std::string& title,
                       const std::string& main) {
    const auto& chain = frame.chain.empty() ? frame.store : frame.chain;
    const auto refresh = frame.staff.empty()
                             ? std::string()
                             : fmt::format("<meta http-equiv=refresh content=\"{};url={}?lang={}&amp;{}=1\">",
                                           frame.idleSeconds + 1, kHomePath, codeOf(frame.lang), kIdleQuery);
    std::string html =
        fmt::format("<!doctype html><html lang={}><head><meta charset=utf-8><title>{} – {}</title><meta "
                    "name=viewport content=\"width=device-width,initial-scale=1\"><meta name=robots "
                    "content=noindex>{}<link rel=icon href=\"data:,\"><script>",
                    codeOf(frame.lang), title, word(Word::Till, frame.lang), refresh);
    html += pageScript(); // before anything that can be typed into: no key is lost while the page comes
    html += "</script><style>";
    html += pageStyle();
    const bool saysChain = frame.store.starts_with(chain); // as many stores' names do
    const auto name = isolated(saysChain ? frame.store : chain, kShownBytesMax);
    const auto beside =
        saysChain ? std::string() : fmt::format(" <small>{}</small>", isolated(frame.store, kShownBytesMax));
    html +=
        fmt::format("</style></head><body class={}><header class=top><a class=mark href=\"{}?lang={}\">{}{}{}"
                    "</a>{}{}</header><main>{}</main></body></html>",
                    kind, kHomePath, codeOf(frame.lang), markOf(), name, beside, whoOf(frame),
                    languageLinks(frame.lang), main);
    return html;
}

std::string problemsOf(const std::vector<std::pair<std::string_view, std::string>>& problems, Lang lang) {
    if (problems.empty()) return {};
    std::string rows;
    for (const auto& [field, text] : problems)
        rows += fmt::format("<li><a href=\"#{}\">{}</a></li>", field, text);
    return fmt::format("<div class=problems role=alert>{}<div><h2>{}</h2><ul>{}</ul></div></div>",
                       iconOf(Icon::Alert), word(Word::ErrorTitle, lang), rows);
}

std::string noticeOf(const std::string& text) {
    return text.empty()
               ? std::string()
               : fmt::format("<div class=notice role=alert>{}<p>{}</p></div>", iconOf(Icon::Alert), text);
}

std::string askOf(const Frame& frame, bool hasCursor, const std::string& heading,
                  const std::string& problem) {
    const auto lang = frame.lang;
    return fmt::format(
        "<section class=ask>{}{}<form method=post action=\"{}\" autocomplete=off>{}<div "
        "class=field><label for=q>{}</label><div class=row><input id=q name=q type=text "
        "data-field autocomplete=off autocapitalize=off spellcheck=false enterkeyhint=search "
        "maxlength={} aria-describedby=q-hint{}><button class=go>{}</button></div><p class=\"{}\" "
        "id=q-hint>{}</p></div></form></section>",
        heading, noticeOf(problem), kFindPath, tokenField(frame.findToken, lang),
        word(Word::FieldLabel, lang), kFieldBytesMax, hasCursor ? " autofocus" : "", word(Word::Find, lang),
        heading.empty() ? "vh" : "hint", word(Word::FieldHint, lang)); // a card needs the room
}

std::string pageOf(const Frame& frame, const std::string& title, const std::string& content, bool hasCursor) {
    return documentOf(frame, "card-page", title,
                      askOf(frame, hasCursor) + "<section class=page>" + content + "</section>");
}

} // namespace silta::till
