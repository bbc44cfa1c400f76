#include "hub/shopper_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace silta::hub {

namespace {

constexpr std::array<std::string_view, 4> kLanguages = {"en", "fi", "sv", "pl"};

constexpr std::string_view kStyle =
    ":root{color-scheme:light dark;--ink:#17211c;--soft:#5c6860;--paper:#faf8f4;--card:#fff;--line:#e6e2da;"
    "--accent:#0b5d4a}"
    "@media(prefers-color-scheme:dark){:root{--ink:#f1efe9;--soft:#a9b3ac;--paper:#121614;--card:#1b211e;"
    "--line:#2c3530;--accent:#67c7ab}}"
    "*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);"
    "font:16px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}"
    "main{max-width:640px;margin:0 auto;padding:24px 20px 48px}"
    ".chain{font-size:14px;letter-spacing:.08em;text-transform:uppercase;color:var(--accent);font-weight:650}"
    "h1{font-size:30px;line-height:1.15;margin:6px 0 20px;letter-spacing:-.01em}"
    ".note{background:var(--card);border-left:4px solid var(--accent);padding:12px 16px;border-radius:10px;"
    "color:var(--soft);margin:0 0 16px}"
    "ul{list-style:none;margin:0;padding:0}"
    "li{display:flex;gap:16px;align-items:center;background:var(--card);border:1px solid var(--line);"
    "border-radius:16px;padding:12px;margin-bottom:12px}"
    "img,.blank{width:88px;height:88px;border-radius:10px;object-fit:cover;flex:none;background:var(--line)}"
    ".t{flex:1;min-width:0}.t b{display:block;font-weight:600;overflow-wrap:anywhere}.t "
    "span{color:var(--soft);"
    "font-size:14px}.p{font-weight:650;white-space:nowrap}.p "
    "s{display:block;color:var(--soft);font-weight:400;"
    "font-size:14px;text-align:right}"
    ".state{font-size:22px;font-weight:650;margin:0 0 12px}.code{font:650 34px/1.2 ui-monospace,monospace;"
    "letter-spacing:.06em;background:var(--card);border:1px solid var(--line);border-radius:16px;"
    "padding:20px;text-align:center;margin:0 0 16px}"
    ".sum{display:flex;justify-content:space-between;font-size:20px;font-weight:650;padding:12px 12px 0}";

} // namespace

// The first language of the list that we speak; weights are almost always in order.
std::string_view shownLanguage(std::string_view acceptLanguage) {
    while (!acceptLanguage.empty()) {
        const auto comma = acceptLanguage.find(',');
        auto entry = acceptLanguage.substr(0, comma);
        while (!entry.empty() && entry.front() == ' ')
            entry.remove_prefix(1);
        if (const auto lang = std::ranges::find(kLanguages, entry.substr(0, 2)); lang != kLanguages.end())
            return *lang;
        if (comma == std::string_view::npos) break;
        acceptLanguage.remove_prefix(comma + 1);
    }
    return kLanguages.front();
}

std::string escapeHtml(std::string_view text) {
    std::string html;
    for (char c : text) {
        switch (c) {
        case '&':
            html += "&amp;";
            break;
        case '<':
            html += "&lt;";
            break;
        case '>':
            html += "&gt;";
            break;
        case '"':
            html += "&quot;";
            break;
        case '\'':
            html += "&#39;";
            break;
        default:
            html.push_back(c);
        }
    }
    return html;
}

std::string priceText(const Money& money, std::string_view lang) {
    auto text = money.toString();
    if (lang != "en") std::replace(text.begin(), text.end(), '.', ',');
    const auto space = text.rfind(' ');
    if (text.substr(space + 1) == "EUR") text.replace(space, std::string::npos, "\u00a0€");
    return text;
}

std::string shopperPage(const ShopperPage& page, std::string_view body) {
    const auto chain = escapeHtml(page.chainName);
    return fmt::format(
        "<!doctype html><html lang={}><head><meta charset=utf-8><meta name=viewport "
        "content=\"width=device-width,initial-scale=1\"><title>{} – {}</title><style>{}</style></head>"
        "<body><main><div class=chain>{}</div><h1>{}</h1>{}</main></body></html>",
        page.lang, page.title, chain, kStyle, chain, page.title, body);
}

} // namespace silta::hub
