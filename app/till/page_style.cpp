#include "till/page_style.h"

#include "web/page_look.h"

namespace silta::till {

namespace {

// Read at arm's length: nothing that matters is smaller than 1.125rem, and the field is the largest thing.
constexpr std::string_view kTill = R"css(
.top{padding:.6rem 2rem;gap:.25rem 1.5rem}
.mark{font-size:1.1875rem}
.mark small{font-size:1.0625rem;font-weight:400;letter-spacing:0}
.who{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1.25rem;font-size:1.0625rem}
.who form{display:flex}
.who .quiet{width:auto;min-height:2.75rem;padding:.4rem 1.15rem;font-size:1.0625rem}
.line{display:flex;align-items:center;gap:.5rem;color:var(--soft)}
.line::before{content:"";flex:none;width:.65rem;height:.65rem;border-radius:50%;background:var(--good)}
.line.down{color:var(--few);font-weight:600}
.line.down::before{background:var(--few)}
.ask{background:var(--plate);padding:1.25rem 2rem 2.25rem}
.ask form,.ask .notice{width:100%;max-width:68rem;margin-left:auto;margin-right:auto}
.page{width:100%;max-width:72rem;margin-left:auto;margin-right:auto}
.ask .field label{font-size:1.1875rem;font-weight:650;letter-spacing:-.012em;margin-bottom:.6rem}
.ask .row{display:flex;gap:1rem;align-items:stretch}
.ask .row input{flex:1;min-width:0;min-height:5rem;padding:.75rem 1.6rem;font-size:1.875rem;font-weight:550;letter-spacing:-.015em;
border-radius:1.5rem}
.ask .row input:focus{border-radius:1.5rem;outline-width:2.5px}
.ask .row .go{width:auto;margin:0;min-height:5rem;border-radius:1.5rem;padding:.75rem 2.25rem;font-size:1.375rem}
.ask .hint{margin:.8rem 0 0;font-size:1.0625rem}
.start .ask{flex:none;padding-top:9vh;padding-bottom:4rem}
.start .ask h1{font-size:clamp(2.75rem,1.7rem + 4vw,4.25rem);margin-bottom:1.75rem;max-width:68rem;margin-left:auto;margin-right:auto}
.start .ask label{font-weight:400;color:var(--soft)}
main{flex:1;display:flex;flex-direction:column}
.page{padding:2.25rem 2rem 3rem}
.page>h1,.headline h1,.page .kind{font-size:clamp(2rem,1.6rem + 1.9vw,3rem);line-height:1.06;letter-spacing:-.03em;font-weight:650}
.kicker{font-size:1.125rem;color:var(--soft);margin-bottom:.45rem}
.lead{font-size:1.3125rem;line-height:1.42;color:var(--soft);margin-top:.9rem;max-width:38rem}
.lead b{color:var(--ink)}
.tier{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 1rem;margin-top:1rem;font-size:1.75rem}
.tier b{font-size:2.25rem;letter-spacing:-.02em}
.next{display:flex;gap:.9rem;align-items:flex-start;margin-top:1.75rem;padding:1.1rem 1.25rem;background:var(--plate);
border-radius:1rem;font-size:1.25rem;line-height:1.35;max-width:46rem}
.next .icon{color:var(--accent);margin-top:.1rem}.next span{min-width:0;overflow-wrap:anywhere}
.tier small{width:100%;font-size:1.125rem;color:var(--soft)}
.price{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .8rem;margin-top:1rem;font-size:1.375rem;
font-variant-numeric:tabular-nums}
.price b{font-size:2.75rem;letter-spacing:-.03em;line-height:1.1}
.price .now{color:var(--accent)}
.price s{color:var(--soft)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));gap:1rem;margin-top:2rem}
.facts>section{background:var(--plate);border-radius:1.25rem;padding:1.35rem 1.5rem}
.facts h2{font-size:1.0625rem;font-weight:400;letter-spacing:0;line-height:1.35;color:var(--soft);margin-bottom:.3rem}
.facts p,.facts li{font-size:1.375rem;line-height:1.35;font-weight:600;letter-spacing:-.015em}
.facts li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;font-size:1.1875rem;font-weight:400;padding:.2rem 0}
.facts li span:last-child{color:var(--soft);white-space:nowrap}
.facts h2+ul{margin-top:0}
.good{color:var(--good)}.few{color:var(--few)}.out{color:var(--soft)}
.hits{border-top:1px solid var(--line);margin-top:1.5rem}
.hits a{display:grid;grid-template-columns:minmax(0,1fr) auto auto;gap:.2rem 2rem;align-items:center;min-height:4.5rem;
padding:.75rem 0;border-bottom:1px solid var(--line);text-decoration:none;font-size:1.25rem}
.hits b,.hits small{display:block}
.hits small{font-size:1.0625rem}
.hits .cost{font-weight:650;font-variant-numeric:tabular-nums;text-align:right}
.hits .shelf{min-width:9.5rem;font-size:1.0625rem;text-align:right}
.page>.kicker+.number{margin-top:0}
.page h1+.kicker{margin:1.5rem 0 .1rem}
.number{font-size:clamp(2rem,1.3rem + 3.4vw,3.5rem);font-weight:650;letter-spacing:-.01em;line-height:1.15;
font-variant-numeric:tabular-nums;margin-top:.35rem}
.coupon{background:#16181b;color:#fff;border-radius:1.5rem;padding:1.6rem 1.75rem;margin-top:2rem;max-width:38rem;
border:1px solid var(--line)}
.coupon h2{font-size:1.0625rem;font-weight:550;letter-spacing:0;color:#c9cbce}
.coupon .gift{font-size:1.875rem;line-height:1.15;font-weight:650;letter-spacing:-.025em;margin:.35rem 0 .75rem}
.coupon p{color:#c9cbce;font-size:1.125rem}
.coupon .gift,.coupon code{color:#fff}
code{font-family:inherit;font-weight:650;font-size:1.5rem;letter-spacing:.06em;overflow-wrap:anywhere;hyphens:none}
.join{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,7fr);gap:0 3.5rem;margin-top:1.75rem}
.join .notice,.join .problems{grid-column:1/-1}
.join h2{font-size:1.1875rem;margin-bottom:.35rem}
.join .field+.field{margin-top:1.1rem}
.join .field label{font-size:1.0625rem}
.join .field input{font-size:1.25rem;margin-top:.35rem}
.join .consent{margin:0;border-top:1px solid var(--line)}
.join .consent:last-of-type{border-bottom:1px solid var(--line)}
.join .consent label{font-size:1.1875rem;padding:.8rem 0}
.join .consent input:focus-visible{outline-width:3px;outline-offset:3px;border-radius:.4rem}
.join .tag{font-size:1rem;font-weight:400;color:var(--soft);white-space:nowrap}
.join .tag::after{content:""}
.join .end{grid-column:1/-1;display:flex;flex-direction:row-reverse;flex-wrap:wrap;justify-content:space-between;align-items:center;
gap:1rem 2rem;margin-top:1.5rem}
.join .go{width:auto;margin:0;min-width:17rem}
.say{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem;color:var(--soft);font-size:1.0625rem}
.say .quiet{width:auto;min-width:3.5rem;min-height:2.75rem;padding:.3rem .9rem}
.say [aria-pressed=true]{background:var(--ink);color:var(--ground);border-color:var(--ink)}
.verdict{font-size:clamp(1.5rem,1.2rem + 1.2vw,2.125rem);line-height:1.2;letter-spacing:-.02em;font-weight:600;margin-top:.9rem;max-width:52rem}
.verdict~.kicker{margin:1.5rem 0 0}
.aside{font-size:1.0625rem;color:var(--soft);margin-top:1.1rem}
.terms{margin-top:1.75rem;font-size:1.1875rem;line-height:1.5;color:var(--soft)}
.use{display:flex;flex-wrap:wrap;align-items:flex-end;gap:1rem;margin-top:1.75rem}
.use .go,.use .quiet{width:auto;margin:0;min-height:4.25rem;min-width:min(100%,15rem);padding:.75rem 2rem;font-size:1.375rem}
.use .quiet{min-width:0;font-size:1.1875rem}
.use .field{flex:0 1 15rem;margin:0}
.use .field label{font-size:1.0625rem;margin-bottom:.35rem}
.use .field input{min-height:4.25rem;font-size:1.625rem;font-variant-numeric:tabular-nums}
.use .go:focus-visible{outline-width:3px;outline-offset:3px}
.orders-link{display:flex;align-items:center;gap:.5rem;min-height:2.75rem;font-weight:600}
kbd{font:inherit;font-size:.875rem;font-weight:400;color:var(--soft);border:1.5px solid var(--edge);border-radius:.4rem;padding:0 .4rem}
.tabs{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.25rem}
.tabs a{display:grid;place-items:center;min-height:3.25rem;padding:.4rem 1.4rem;border:2px solid var(--edge);border-radius:2rem;
font-size:1.1875rem;font-weight:600;text-decoration:none}
.tabs [aria-current]{background:var(--ink);color:var(--ground);border-color:var(--ink)}
.page .group{font-size:1.25rem;letter-spacing:-.015em;margin-top:2.25rem}
.page .group+.hits,.page .group+.lines{margin-top:.75rem}
.orders a{grid-template-columns:11rem minmax(0,1fr) 13rem 12rem;gap:.2rem 1.5rem}
.orders .code{font-size:1.375rem;font-weight:650;font-variant-numeric:tabular-nums;white-space:nowrap}
.orders b{font-weight:600}
.orders .state{font-weight:600}
.orders .state small{font-weight:400;color:var(--ink)}
.orders .when{text-align:right;font-size:1.0625rem}
.page>h1.number{margin-top:0}
.deeds{display:flex;flex-wrap:wrap;align-items:flex-end;gap:1rem;margin-top:1.75rem}
.deeds .use{margin-top:0}
.use .word{flex:0 1 25rem}
.use .word label{margin-bottom:0}
.use .word .hint{margin:0 0 .35rem;font-size:1rem}
select{font:inherit;font-size:1.1875rem;color:inherit;background:var(--ground);border:1.5px solid var(--edge);border-radius:.9rem;
min-height:3.25rem;padding:.4rem 2.75rem .4rem .9rem;max-width:100%;appearance:none;-webkit-appearance:none;
background-image:linear-gradient(45deg,transparent 50%,currentColor 50%),linear-gradient(135deg,currentColor 50%,transparent 50%);
background-size:6px 6px;background-position:right 21px center,right 16px center;background-repeat:no-repeat}
select:focus-visible{border-radius:.9rem;outline-offset:2px}
.field select{display:block;width:100%;min-height:4.25rem}
.lines{border-top:1px solid var(--line)}
.lines li{display:grid;grid-template-columns:3.5rem minmax(0,1fr) auto minmax(0,auto);gap:.35rem 1.5rem;align-items:center;padding:.9rem 0;
border-bottom:1px solid var(--line);font-size:1.25rem}
.lines li>.what:first-child{grid-column:1/3}
.lines .use{grid-column:4;margin:0;flex-wrap:nowrap;align-items:center;gap:.6rem}
.lines .use .quiet{min-height:3.25rem;font-size:1.0625rem;padding:.4rem 1.2rem}
.lines .count{font-variant-numeric:tabular-nums;font-weight:650}
.lines small{display:block;font-size:1.0625rem}
.lines .cost{font-variant-numeric:tabular-nums;font-weight:600;text-align:right}
.more{margin-top:2.25rem}
.more summary{display:inline-block;min-height:2.75rem;padding:.5rem 0;font-size:1.1875rem;cursor:pointer;text-decoration:underline;
text-underline-offset:.2em}
.more .use{margin-top:.75rem}
.page .notice{max-width:52rem}
.page .problems{margin:1.5rem 0 0;max-width:46rem}
.page .problems:first-child{margin:0 0 1.5rem}
.invite{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1.25rem;color:var(--soft);font-size:1.0625rem}
.invite .quiet{width:auto;min-height:2.75rem;padding:.4rem 1.15rem;font-size:1.0625rem}
.start .invite{width:100%;max-width:72rem;margin:0 auto;padding:1.5rem 2rem}
.headline{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:flex-end;gap:.75rem 2rem}
.phone{display:grid;grid-template-columns:minmax(0,22rem) minmax(0,1fr);gap:2rem 3.5rem;align-items:start}
.phone h1{font-size:clamp(2rem,1.6rem + 1.9vw,3rem);line-height:1.06;letter-spacing:-.03em;font-weight:650}
.phone .verdict{margin-top:1.75rem}
.phone .quiet{width:auto}
.qr{width:100%;background:#fff;border-radius:1.25rem;border:1px solid var(--line)}
.door{width:100%;max-width:31rem;margin:0 auto;padding:9vh 1.5rem 3rem}
.door h1{font-size:clamp(2.75rem,2rem + 3vw,4rem)}
.door .lead{margin:.75rem 0 1.75rem}
.door .field+.field{margin-top:1.25rem}
.door .field label{font-size:1.1875rem}
.door .field .hint{font-size:1.0625rem}
.door .field input{min-height:4.25rem;font-size:1.625rem;border-radius:1.25rem}
.door .field input:focus{border-radius:1.25rem}
.door .go{min-height:4.25rem;font-size:1.25rem}
.notice,.problems{font-size:1.125rem}
@media(max-width:48rem){
.top,.ask,.page{padding-left:1.25rem;padding-right:1.25rem}
.start .ask{padding-top:2.5rem}
.join{grid-template-columns:minmax(0,1fr);gap:1.75rem}
.hits a{grid-template-columns:minmax(0,1fr) auto}
.hits .shelf{grid-column:1/-1;text-align:left}
.orders a{grid-template-columns:11rem minmax(0,1fr)}
.orders .state{order:1}
.orders .when{order:2;text-align:left}
.orders .state,.orders .when{font-size:1.0625rem}
.lines li{grid-template-columns:3rem minmax(0,1fr) auto}
.lines .use{grid-column:2/-1;flex-wrap:wrap}
.phone{grid-template-columns:minmax(0,1fr)}
.phone .qr{max-width:22rem}
.start .invite{padding-left:1.25rem;padding-right:1.25rem}
.mark small{display:none}
.who{order:1;width:100%}
.who form{margin-left:auto}
}
@media(max-width:40rem){
.ask .row{flex-direction:column}
.ask .row input{font-size:1.5rem;min-height:4.5rem;flex:none}
.ask .row .go{min-height:3.75rem}
.join .go,.use .go,.use .quiet{width:100%}
.use .field,.use .word{flex:1 1 100%}
.lines .use{grid-column:1/-1}
.deeds,.deeds .use{width:100%}
}
@media(max-width:30rem){
.orders a{grid-template-columns:minmax(0,1fr)}
.orders .code{white-space:normal}
.lines li{grid-template-columns:minmax(0,1fr)}
.lines li>*,.lines li>.what:first-child{grid-column:1}
.lines .cost{text-align:left}
}
@media(prefers-reduced-motion:reduce){*{transition:none!important}}
@media(forced-colors:active){select,input[type=checkbox]{appearance:auto;-webkit-appearance:auto}.go{border:2px solid}
.line::before{forced-color-adjust:none}}
)css";

// In a page's head: it listens before there is anything to type into.
constexpr std::string_view kScript = R"js(
"use strict";
document.addEventListener("keydown", event => {
  const field = document.querySelector("[data-field]");
  if (!field || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "F2") {
    const orders = document.querySelector("[data-orders]");
    if (orders) { event.preventDefault(); orders.click(); }
    return;
  }
  if (event.key === "Escape") { field.value = ""; field.focus(); return; }
  const types = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (!types && event.key.length === 1 && event.key !== " ") { field.value = ""; field.focus(); }
});
setInterval(async () => {
  const line = document.querySelector("[data-line]");
  if (!line || document.hidden) return;
  const answer = await fetch(line.dataset.line).catch(() => null);
  if (!answer || !answer.ok) return;
  const { online } = await answer.json();
  if (online !== line.classList.contains("down")) return;
  line.classList.toggle("down", !online);
  line.textContent = online ? line.dataset.up : line.dataset.down;
  for (const part of document.querySelectorAll("[data-while-down]")) part.hidden = online;
  for (const part of document.querySelectorAll("[data-while-up]")) part.hidden = !online;
}, 3000);
setInterval(async () => {
  const invite = document.querySelector("[data-invite]");
  if (!invite || document.hidden || document.querySelector("[data-field]").value) return;
  const answer = await fetch(invite.dataset.invite).catch(() => null);
  if (!answer || !answer.ok) return;
  const { isOpen } = await answer.json().catch(() => ({ isOpen: true }));
  if (!isOpen && !document.querySelector("[data-field]").value) location.replace(invite.dataset.then);
}, 1500);
)js";

} // namespace

const std::string& pageStyle() {
    static const std::string style =
        std::string(baseStyle()).append(controlStyle()).append(fieldStyle()).append(kTill);
    return style;
}

std::string_view pageScript() {
    return kScript;
}

} // namespace silta::till
