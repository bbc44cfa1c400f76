#include "hub/phone_page.h"

#include "web/page_look.h"
#include "web/page_text.h"

#include <fmt/format.h>

#include <array>

namespace silta::hub {

namespace {

constexpr std::string_view kPhone = R"css(
main{width:100%;max-width:35rem;margin:0 auto;padding:2.25rem 1.25rem 4rem}
.kicker{font-size:1.0625rem;color:var(--soft);margin-bottom:.4rem}
.lead{font-size:1.1875rem;line-height:1.42;color:var(--soft);margin-top:1rem}
h1{font-size:min(clamp(2.5rem,1.9rem + 3vw,3.5rem),19vw)}
form{margin-top:2rem}
fieldset+fieldset{margin-top:2.25rem}
legend{font-size:1.25rem;margin-bottom:.9rem}
.field+.field{margin-top:1.1rem}
.field label{font-size:1.0625rem}
.field input{margin-top:.35rem;font-size:1.1875rem}
.field .optional{font-weight:400;color:var(--soft)}
.consent{margin:0;border-top:1px solid var(--line)}
.consent:last-child{border-bottom:1px solid var(--line)}
.consent label{padding:.85rem 0;font-size:1.0625rem}
.go{margin-top:2rem}
.problems{margin:1.75rem 0 0}
@media(forced-colors:active){input[type=checkbox]{appearance:auto;-webkit-appearance:auto}.go{border:2px solid}}
)css";

} // namespace

std::string phoneStyle(std::string_view own) {
    return std::string(baseStyle()).append(controlStyle()).append(fieldStyle()).append(kPhone).append(own);
}

std::string phonePolicy(std::string_view style) {
    return fmt::format(
        "default-src 'none'; style-src '{}'; img-src data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'",
        policyHashOf(style));
}

std::string phoneDocument(const PhoneFrame& frame, std::string_view style, std::string_view title,
                          std::string_view nav, std::string_view body) {
    return fmt::format(
        "<!doctype html><html lang={}><head><meta charset=utf-8><title>{} – {}</title><meta name=viewport "
        "content=\"width=device-width,initial-scale=1\"><meta name=robots content=noindex><link rel=icon "
        "href=\"data:,\"><style>{}</style></head><body><header class=top><span class=mark>{}{}</span>{}"
        "</header><main>{}</main></body></html>",
        codeOf(frame.lang), title, escaped(frame.chain, kPhoneTextBytesMax), style, markOf(),
        isolated(frame.chain, kPhoneTextBytesMax), nav, body);
}

std::string phoneLanguages(Lang current, std::string_view address, std::string_view label) {
    constexpr std::array<std::string_view, kLangs.size()> kShortNames = {"EN", "FI", "SV", "PL"};
    std::string links;
    for (const auto lang : kLangs)
        links += fmt::format("<a href=\"{0}?lang={1}\" lang={1} hreflang={1}{2} aria-label=\"{3}\">{4}</a>",
                             escaped(address, kPhoneAddressBytesMax), codeOf(lang),
                             lang == current ? " aria-current=true" : "", nameOf(lang),
                             kShortNames[static_cast<std::size_t>(lang)]);
    return fmt::format("<nav class=langs aria-label=\"{}\">{}</nav>", label, links);
}

std::string phoneHeading(const PhoneFrame& frame, std::string_view title, std::string_view lead) {
    const auto store = frame.store.empty() || frame.store == frame.chain
                           ? std::string()
                           : fmt::format("<p class=kicker>{}</p>", isolated(frame.store, kPhoneTextBytesMax));
    return fmt::format("{}<h1>{}</h1><p class=lead>{}</p>", store, title, lead);
}

HttpResponse phoneReply(std::string html, int status, const std::string& policy) {
    HttpResponse response;
    response.status = status;
    response.contentType = "text/html; charset=utf-8";
    response.body = std::move(html);
    response.headers = {{"Content-Security-Policy", policy},
                        {"Cache-Control", "no-store"},
                        {"Referrer-Policy", "no-referrer"},
                        {"X-Content-Type-Options", "nosniff"},
                        {"X-Robots-Tag", "noindex"}};
    return response;
}

} // namespace silta::hub
