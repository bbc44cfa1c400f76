#include "web/page_look.h"

#include <silta/crypto.h>

#include <algorithm>

namespace silta {

namespace {

constexpr std::string_view kMark =
    "<svg class=sign viewBox=\"0 0 24 24\" width=26 height=26 aria-hidden=true focusable=false><g fill=none "
    "stroke=currentColor stroke-width=3><path d=\"M2 19a10 10 0 0 1 20 0M7.5 19a4.5 4.5 0 0 1 9 "
    "0\"/></g></svg>";

// Sizes are rem, so that a person's text size moves everything. Colours are those of the kiosk's Theme.qml;
// each text colour has at least 4.5:1 on each ground that it is used on (tst_portal_pages reckons it).
constexpr std::string_view kBase = R"css(
:root{color-scheme:light dark;--ground:#fff;--plate:#f3f3f0;--deep:#e9e9e5;--line:#e0e0db;--ink:#16181b;--soft:#5a5f66;
--edge:#70757c;--accent:#c92a18;--wash:#fcefec;--good:#17703f;--few:#8f5200;--go:#16181b;--on-go:#fff;--arch:#d22f1c}
@media(prefers-color-scheme:dark){:root{--ground:#111214;--plate:#1b1d20;--deep:#26292d;--line:#2f3338;--ink:#f4f4f1;
--soft:#aeb2b8;--edge:#8b9097;--accent:#ff8674;--wash:#33201d;--good:#63d19b;--few:#f2b860;--go:#f4f4f1;--on-go:#111214;
--arch:#e0402d}}
*{box-sizing:border-box;margin:0;padding:0}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{background:var(--ground);color:var(--ink);font:400 1.0625rem/1.45 Inter,system-ui,-apple-system,"Segoe UI",Roboto,
"Noto Sans",sans-serif;min-height:100vh;display:flex;flex-direction:column;hyphens:auto;-webkit-hyphens:auto;
overflow-wrap:break-word;-webkit-font-smoothing:antialiased}
h1,.go,.price,.hours{hyphens:manual;-webkit-hyphens:manual}
h1{font-size:min(clamp(2.75rem,1.7rem + 5.4vw,4.75rem),19vw);line-height:1;font-weight:650;letter-spacing:-.035em;
text-wrap:balance}
h2,legend{font-size:1.5rem;line-height:1.15;font-weight:650;letter-spacing:-.022em}
h3{font-size:1rem;line-height:1.3;font-weight:550;letter-spacing:-.008em}
p,small{text-wrap:pretty}
ul{list-style:none}fieldset{border:0;min-width:0}b{font-weight:650}
a{color:inherit;text-underline-offset:.2em;text-decoration-thickness:1px}
img,svg{display:block;max-width:100%}.icon{flex:none}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.small,.hint,small{font-size:.875rem;line-height:1.4;color:var(--soft)}
:focus-visible{outline:3px solid var(--ink);outline-offset:3px;border-radius:4px}

.top{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 .25rem;padding:.5rem 1.25rem;
background:var(--plate)}
.mark{display:flex;align-items:center;gap:.6rem;min-height:2.75rem;font-size:1.0625rem;font-weight:650;
letter-spacing:-.015em;text-decoration:none;min-width:0}
.mark bdi{min-width:0}
.sign{color:var(--accent);flex:none}
.langs{display:flex;flex-wrap:wrap;margin:0 -11px}
.langs a{display:grid;place-items:center;min-width:44px;min-height:2.75rem;font-size:.875rem;text-decoration:none;
color:var(--soft)}
.langs a[aria-current]{color:var(--ink);font-weight:650;text-decoration:underline;text-decoration-thickness:2px;
text-underline-offset:.4em}

)css";
constexpr std::string_view kControls = R"css(
input[type=radio],input[type=checkbox]{appearance:none;-webkit-appearance:none;flex:none;width:1.5rem;height:1.5rem;
border:2px solid var(--edge);background:var(--ground);cursor:pointer}
input[type=checkbox]{border-radius:.4rem;display:grid;place-items:center;margin-top:.05rem}
input[type=checkbox]:checked{background:var(--go);border-color:var(--go)}
input[type=checkbox]:checked::before{content:"";width:.42rem;height:.8rem;border:solid var(--on-go);border-width:0 2.5px 2.5px 0;
transform:translateY(-.08rem) rotate(45deg)}
.consent{margin-top:1rem}
.consent label{display:flex;gap:.85rem;align-items:flex-start;min-height:2.75rem;padding:.5rem 0;line-height:1.4;
cursor:pointer}
.consent span{min-width:0}
.consent .hint{padding-left:2.35rem;margin-top:-.3rem}
.tag{color:var(--ink);font-weight:600}
.tag::after{content:" ·"}
.consent .hint a{display:inline-block;padding:.8rem 0;margin:-.8rem 0}
.go,.quiet{min-width:0;display:flex;align-items:center;justify-content:center;gap:.6rem;width:100%;min-height:3.75rem;
padding:.75rem 1.75rem;border-radius:2rem;border:2px solid var(--go);background:var(--go);color:var(--on-go);font:inherit;
font-size:1.125rem;font-weight:650;letter-spacing:-.01em;text-align:center;text-decoration:none;cursor:pointer}
.go{margin-top:1.5rem}
.quiet{background:transparent;color:var(--ink);min-height:3.25rem;font-size:1.0625rem;border-color:var(--edge)}
.go .icon{transition:transform .2s}
.go:hover .icon{transform:translateX(.25rem)}
.go:active,.quiet:active{opacity:.72}

)css";
constexpr std::string_view kFields = R"css(
input[type=radio]{position:absolute;left:0;top:1rem;border-radius:50%}
input[type=radio]:checked{border:.45rem solid var(--go)}
.field label{display:block;font-size:.9375rem;font-weight:600}
.field .hint{margin-bottom:.5rem}
.field input{display:block;width:100%;min-height:3.5rem;padding:.75rem 1rem;font:inherit;font-size:1.125rem;color:inherit;
background:var(--ground);border:1.5px solid var(--edge);border-radius:.9rem}
.field input:focus{border-color:var(--ink);outline:1.5px solid var(--ink);outline-offset:0;border-radius:.9rem}
.field input[aria-invalid]{border-color:var(--accent);background:var(--wash)}
.field input.code{letter-spacing:.08em;text-transform:uppercase}
.field input.digits{font-size:2rem;font-weight:600;letter-spacing:.35em;text-align:center;font-variant-numeric:tabular-nums}
.wrong{display:block;color:var(--accent);font-size:.9375rem;font-weight:600;line-height:1.35;margin:.25rem 0 .5rem}
.problems,.notice{display:flex;gap:.85rem;background:var(--wash);border-radius:1rem;padding:1.1rem 1.25rem;margin-bottom:1.75rem}
.problems>div,.notice p{min-width:0;overflow-wrap:anywhere}
.problems>.icon,.notice>.icon{color:var(--accent)}
.problems:focus{outline:2px solid var(--accent);outline-offset:0;border-radius:1rem}
.problems h2{font-size:1.0625rem;letter-spacing:-.01em;line-height:1.4}.problems h2+ul{margin-top:.15rem}
.problems a{display:inline-block;padding:.6rem 0;min-height:2.75rem;line-height:1.35;color:var(--accent);font-weight:600}
.problems ul{margin-bottom:-.5rem}

)css";

} // namespace

std::string_view baseStyle() {
    return kBase;
}

std::string_view controlStyle() {
    return kControls;
}

std::string_view fieldStyle() {
    return kFields;
}

std::string_view markOf() {
    return kMark;
}

/// Base64 with padding, as browsers compare it. Source: Content Security Policy Level 3, section 2.3.1.
std::string policyHashOf(std::string_view bytes) {
    auto text = toBase64(sha256(bytes));
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    while (text.size() % 4 != 0)
        text += '=';
    return "sha256-" + text;
}

#define SILTA_ICON(shape)                                                                                    \
    "<svg class=icon viewBox=\"0 0 24 24\" width=24 height=24 aria-hidden=true focusable=false fill=none "   \
    "stroke=currentColor stroke-width=1.8 stroke-linecap=round stroke-linejoin=round>" shape "</svg>"

std::string_view iconOf(Icon icon) {
    switch (icon) {
    case Icon::Mail:
        return SILTA_ICON("<rect x=3 y=5 width=18 height=14 rx=2.5 /><path d=\"m4 7.5 8 5.5 8-5.5\"/>");
    case Icon::Phone:
        return SILTA_ICON("<rect x=7 y=2.5 width=10 height=19 rx=2.5 /><path d=\"M11 18.5h2\"/>");
    case Icon::Card:
        return SILTA_ICON("<rect x=2.5 y=5 width=19 height=14 rx=2.5 /><path d=\"M2.5 9.5h19M6.5 15h4\"/>");
    case Icon::Ticket:
        return SILTA_ICON("<path d=\"M3 7.5A1.5 1.5 0 0 1 4.5 6h15A1.5 1.5 0 0 1 21 7.5v2a2.5 2.5 0 0 0 0 "
                          "5v2a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16.5v-2a2.5 2.5 0 0 0 "
                          "0-5zM14.5 6v2.5m0 2.5v2m0 2.5V18\"/>");
    case Icon::Check:
        return SILTA_ICON("<path d=\"m5 12.5 4.5 4.5L19 7.5\"/>");
    case Icon::Box:
        return SILTA_ICON("<path d=\"M6 8h12l1.2 12.5H4.8zM9 8V6.5a3 3 0 0 1 6 0V8\"/>");
    case Icon::Search:
        return SILTA_ICON("<circle cx=10.5 cy=10.5 r=6.5 /><path d=\"m15.5 15.5 5 5\"/>");
    case Icon::Star:
        return SILTA_ICON("<path d=\"m12 3.5 2.6 5.3 5.9.9-4.25 4.1 1 5.8L12 16.9l-5.25 2.7 "
                          "1-5.8L3.5 9.7l5.9-.9z\"/>");
    case Icon::Arrow:
        return SILTA_ICON("<path d=\"M5 12h14m-6-6 6 6-6 6\"/>");
    case Icon::Clock:
        return SILTA_ICON("<circle cx=12 cy=12 r=9 /><path d=\"M12 7v5l3.5 2\"/>");
    case Icon::Lock:
        return SILTA_ICON("<rect x=5 y=10.5 width=14 height=10 rx=2.5 /><path d=\"M8 10.5V8a4 4 0 0 1 8 "
                          "0v2.5\"/>");
    case Icon::Cloud:
        return SILTA_ICON("<path d=\"M7.5 18.5h9a4 4 0 0 0 .6-7.95 5.5 5.5 0 0 0-10.6-.5A4.25 4.25 0 0 0 "
                          "7.5 18.5zM3.5 3.5l17 17\"/>");
    case Icon::Devices:
        return SILTA_ICON(
            "<rect x=2.5 y=5 width=13 height=10 rx=2 /><path d=\"M6 19h6\"/><rect x=17 y=9 width=5 "
            "height=10 rx=1.5 />");
    case Icon::Alert:
        return SILTA_ICON("<circle cx=12 cy=12 r=9 /><path d=\"M12 7.5v5.5m0 3v.1\"/>");
    }
    return {};
}

#undef SILTA_ICON

} // namespace silta
