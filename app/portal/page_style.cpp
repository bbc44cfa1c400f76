#include "portal/page_style.h"

#include "web/page_look.h"

#include <algorithm>

namespace silta::portal {

namespace {

constexpr std::string_view kSignIn = R"css(
.hero{position:relative;overflow:hidden;background:var(--plate);padding:.5rem 1.25rem 1.5rem;min-height:13.5rem;
display:flex;align-items:flex-end}
.arches{position:absolute;right:0;bottom:0;width:min(42%,19rem);color:var(--arch)}
.say{position:relative;max-width:100%}
.say h1{max-width:6.5ch}
.store{margin-bottom:.6rem;font-size:1.0625rem;line-height:1.3;color:var(--soft)}
.hours{display:flex;align-items:center;gap:.55rem;width:fit-content;font-size:.9375rem;line-height:1.3;color:var(--ink);
background:var(--ground);border-radius:1.25rem;padding:.4rem .9rem .4rem .75rem;margin-bottom:1.5rem}
.hours::before{content:"";flex:none;width:.6rem;height:.6rem;border-radius:50%;border:2px solid var(--edge)}
.hours.open::before{background:var(--good);border-color:var(--good)}

.join{padding:1.5rem 1.25rem 2.5rem}
.only{margin-top:1rem}
.seal{display:flex;gap:.85rem;margin-top:1.25rem;font-size:.875rem;line-height:1.4;color:var(--soft)}
.seal .icon{width:1.25rem;height:1.25rem}
.seal a{display:inline-block;padding:.8rem 0;margin:-.8rem 0}
.second{padding:.25rem 1.25rem 1rem}
.second>section{margin-bottom:2.75rem}
h2+ul{margin-top:1.15rem}
)css";
constexpr std::string_view kWays = R"css(
legend{padding:0;margin-bottom:.75rem;width:100%;overflow-wrap:anywhere}
.way{position:relative;border-top:1px solid var(--line)}
.way:last-of-type{border-bottom:1px solid var(--line)}
.way>label{display:flex;align-items:center;gap:.85rem;min-height:3.5rem;padding:.65rem 0 .65rem 2.4rem;font-size:1.0625rem;
cursor:pointer}
.way>label span{flex:1;min-width:0}
.way>label .icon{order:3;color:var(--edge)}
.way>label small{text-align:right}
.way .body{display:none;padding:0 0 1.25rem 2.4rem}
.way>input:checked~.body{display:block}
.way>input:checked~label{font-weight:650}
.way>input:checked~label .icon{color:var(--accent)}
.body .consent{border-top:1px dashed var(--line);margin-top:1.1rem;padding-top:.6rem}
)css";
constexpr std::string_view kOffers = R"css(
.offers ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,9.25rem),1fr));gap:1.75rem .9rem}
.offer.large{grid-column:1/-1}
.frame{position:relative;border-radius:1rem;overflow:hidden;background:var(--plate);margin-bottom:.8rem}
.shot{width:100%;aspect-ratio:1;object-fit:cover}
.plate{display:grid;place-items:center;color:var(--edge);font-size:3.5rem;font-weight:650;line-height:1;
background:radial-gradient(circle at 100% 100%,transparent 22%,var(--deep) 22.3% 31%,transparent 31.3% 42%,
var(--deep) 42.3% 51%,transparent 51.3% 62%,var(--deep) 62.3% 71%,transparent 71.3%) var(--plate)}
.large .plate{font-size:7rem}
.off{position:absolute;left:.6rem;top:.6rem;background:#16181b;color:#fff;outline:1px solid rgba(255,255,255,.16);font-size:.875rem;font-weight:650;
line-height:1;padding:.45rem .65rem;border-radius:1rem}
.brand{font-size:.875rem;line-height:1.4;color:var(--soft)}
.price{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .5rem;margin-top:.25rem;font-variant-numeric:tabular-nums;
overflow-wrap:anywhere}
.price b{font-size:1.25rem;letter-spacing:-.02em}
.price .now{color:var(--accent)}
.price s{color:var(--soft);font-size:.9375rem}
.large h3{font-size:1.25rem;letter-spacing:-.018em;line-height:1.2}
.large .price b{font-size:1.75rem}
.stock{font-size:.9375rem;line-height:1.35;margin-top:.35rem;color:var(--good);padding-left:1.05rem;position:relative}
.stock::before{content:"";position:absolute;left:0;top:.38em;width:.55rem;height:.55rem;border-radius:50%;background:currentColor}
.few{color:var(--few)}.out{color:var(--soft)}
.stock~.small{padding-left:1.05rem}
.about{min-width:0}
@media(prefers-color-scheme:dark){img{filter:brightness(.88)}}
)css";
constexpr std::string_view kServices = R"css(
.service{display:flex;align-items:center;gap:1rem;min-height:4.5rem;padding:.9rem 0;text-decoration:none;
border-top:1px solid var(--line)}
.services li:last-child .service{border-bottom:1px solid var(--line)}
.service>.icon:first-child{color:var(--accent);width:1.75rem;height:1.75rem}
.service span{flex:1;min-width:0}
.service b,.service small{display:block}
.service b{line-height:1.3}
)css";
constexpr std::string_view kSignedIn = R"css(
.figures{display:flex;flex-wrap:wrap;gap:.75rem}
.figures div{flex:1 1 8.5rem;min-width:0;background:var(--plate);border-radius:1rem;padding:1rem 1.1rem 1.05rem}
dt{font-size:.875rem;line-height:1.4;color:var(--soft)}
dd{font-size:1.625rem;line-height:1.15;font-weight:650;letter-spacing:-.025em;font-variant-numeric:tabular-nums}
.wanted{margin-top:1.5rem;color:var(--soft);font-size:.9375rem;overflow-wrap:anywhere;hyphens:none;-webkit-hyphens:none}
.wanted b{display:block;color:var(--ink);font-size:1.25rem;letter-spacing:-.015em;line-height:1.3}
.wanted+.go{margin-top:1rem}
.join .quiet{margin-top:.9rem}
.coupon{background:#16181b;color:#fff;border-radius:1.5rem;padding:1.6rem 1.5rem;display:grid;grid-template-columns:minmax(0,1fr);gap:1.4rem;
border:1px solid var(--line)}
.coupon h2{font-size:.9375rem;font-weight:550;letter-spacing:0;color:#c9cbce}
.coupon p{color:#c9cbce;font-size:.9375rem}
.coupon .gift{font-size:1.75rem;line-height:1.12;font-weight:650;letter-spacing:-.025em;color:#fff;margin:.35rem 0 .9rem}
.coupon .number{color:#fff;font-size:1.125rem;margin-bottom:.35rem}
code{font-family:inherit;font-weight:600;letter-spacing:.06em;overflow-wrap:anywhere;hyphens:none;font-variant-numeric:tabular-nums}
.qr{width:100%;max-width:15rem;background:#fff;border-radius:1rem;padding:.25rem;justify-self:center}
.wishlist li{display:flex;gap:1rem;padding:.9rem 0;border-top:1px solid var(--line)}
.wishlist li:last-child{border-bottom:1px solid var(--line)}
.wishlist ul+.small{margin-top:.9rem}
.wishlist .price b{font-size:1.0625rem}
.thumb{flex:none;width:min(6rem,30%);aspect-ratio:1;align-self:flex-start;border-radius:.75rem;object-fit:cover;background-color:var(--plate)}
.thumb.plate{font-size:2.5rem}
.bye{background:var(--plate);border-radius:1.25rem;padding:1.25rem}
.bye p{color:var(--soft);margin-bottom:.9rem}
)css";
constexpr std::string_view kMessages = R"css(
.message main,.legal main{flex:1;width:100%;max-width:34rem;margin:0 auto;padding:2.5rem 1.25rem 1.5rem}
.message h1,.legal h1{font-size:min(clamp(2.25rem,1.7rem + 2.6vw,3.25rem),15vw);line-height:1.04;letter-spacing:-.03em}
.message .problems{margin-top:1.5rem}
.card .hours{background:var(--plate);margin:1.5rem 0 0}
.field .hint+.hint,.field input+.hint{margin:.6rem 0 0}
.badge{display:grid;place-items:center;width:4rem;height:4rem;border-radius:50%;background:var(--wash);color:var(--accent);
margin-bottom:1.75rem}
.badge .icon{width:2rem;height:2rem}
.lead{font-size:1.1875rem;line-height:1.45;color:var(--soft);margin-top:.9rem}
.lead bdi{color:var(--ink);font-weight:600}
.card form{margin-top:1.75rem}
.card form .go{margin-top:1.25rem}
.card{margin-bottom:3rem}
.aside{border-top:1px solid var(--line);padding-top:1.5rem}
.aside h2{font-size:1.1875rem;margin-bottom:.9rem;letter-spacing:-.015em}
.links{display:flex;flex-wrap:wrap;gap:0 1.5rem;margin-top:.6rem}
.links a{display:inline-flex;align-items:center;min-height:2.75rem}
.legal section{margin-top:2rem}
.legal h2{font-size:1.25rem;margin-bottom:.5rem}
.legal h1+.small{margin-top:.75rem}
.contact{margin-top:1rem;font-weight:600;overflow-wrap:anywhere}
.legal .go{margin-top:2.5rem}
)css";
constexpr std::string_view kServicePages = R"css(
.found{border-top:1px solid var(--line);padding-top:1.5rem}
.found li{padding:1.1rem 0;border-top:1px solid var(--line)}
.found h2{font-size:1.1875rem;letter-spacing:-.015em;overflow-wrap:anywhere}
.found .price b{font-size:1.125rem}
.steps h2{font-size:1.1875rem;letter-spacing:-.015em}
.steps ol{list-style:none;counter-reset:step;padding:0;margin:1.15rem 0 0}
.steps li{counter-increment:step;display:flex;gap:1rem;padding:1rem 0;border-top:1px solid var(--line)}
.steps li::before{content:counter(step);flex:none;display:grid;place-items:center;width:2rem;height:2rem;border-radius:50%;
background:var(--wash);color:var(--accent);font-weight:650}
.number{margin-top:1.75rem;background:var(--plate);border-radius:1rem;padding:1rem 1.1rem 1.05rem}
dt{font-size:.875rem;line-height:1.4;color:var(--soft)}
dd{font-size:1.625rem;line-height:1.25;font-weight:650;letter-spacing:-.01em;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.message .links{margin-top:1.75rem}
.field+.field{margin-top:1.4rem}
)css";
constexpr std::string_view kFooter = R"css(
footer{display:flex;flex-wrap:wrap;gap:0 1.5rem;margin-top:auto;padding:1rem 1.25rem 1.5rem;font-size:.9375rem;color:var(--soft)}
footer a{display:inline-flex;align-items:center;min-height:2.75rem}
)css";
constexpr std::string_view kWidths = R"css(
@media(max-width:22.5rem){.top,.hero,.join,.second,footer{padding-left:1rem;padding-right:1rem}.mark{gap:.4rem}.arches{width:38%}}
@media(min-width:40rem){
.top,.hero,.join,.second,footer{padding-left:2.5rem;padding-right:2.5rem}
.offers ul{grid-template-columns:repeat(3,minmax(0,1fr));gap:2rem 1.25rem}
.offer.large{display:grid;grid-template-columns:1.5fr 1fr;gap:1.5rem;align-items:center}
.coupon{grid-template-columns:minmax(0,1fr) 13rem;align-items:center;padding:2rem}
.plain main,.plain footer,.message footer,.legal footer{max-width:40rem;width:100%;margin-left:auto;margin-right:auto}
.message footer,.legal footer{max-width:34rem;padding-left:1.25rem;padding-right:1.25rem}
.plain .hero{box-shadow:0 0 0 100vmax var(--plate);clip-path:inset(0 -100vmax);overflow:visible}
.plain .arches{overflow:visible}
}
@media(min-width:64rem){
.wide main{display:grid;grid-template-columns:minmax(25rem,5fr) minmax(0,7fr);align-items:start;flex:1}
.wide .top,.wide .hero{background:var(--plate)}
.hero{min-height:19rem;padding-bottom:2.25rem}
.second{padding-top:2.5rem}
.wide .join,.wide .hero{padding-right:2.5rem}
}
@media(prefers-reduced-motion:reduce){*{transition:none!important}}
@media(forced-colors:active){input[type=radio],input[type=checkbox]{appearance:auto;-webkit-appearance:auto}
.arches{display:none}.stock::before,.hours::before{forced-color-adjust:none}.off,.go{border:2px solid}}
)css";

// In the order of the whole sheet: where two rules say different things, the later one counts.
std::string sheetOf(Sheet sheet) {
    const bool showsProducts =
        sheet == Sheet::LoginWithOffers || sheet == Sheet::Landing || sheet == Sheet::Service;
    std::string style(baseStyle());
    style.append(kSignIn).append(controlStyle());
    if (sheet != Sheet::LoginByTerms) style.append(fieldStyle()).append(kWays);
    if (showsProducts) style += kOffers;
    style += kServices;
    if (sheet == Sheet::Landing) style += kSignedIn;
    if (sheet == Sheet::Message || sheet == Sheet::Service) style += kMessages;
    if (sheet == Sheet::Service) style += kServicePages;
    return style.append(kFooter).append(kWidths);
}

} // namespace

const std::string& styleOf(Sheet sheet) {
    static const std::array<std::string, kSheets.size()> sheets = [] {
        std::array<std::string, kSheets.size()> made;
        std::ranges::transform(kSheets, made.begin(), sheetOf);
        return made;
    }();
    return sheets[static_cast<std::size_t>(sheet)];
}

} // namespace silta::portal
