#include "till/pages.h"

#include "core/local_time.h"
#include "shopper/consent_field.h"
#include "till/invite_page.h"
#include "till/limits.h"
#include "till/page_frame.h"
#include "till/page_style.h"
#include "till/slips.h"
#include "web/form_body.h"
#include "web/page_look.h"
#include "web/page_text.h"

#include <silta/catalog.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace silta::till {

namespace {

constexpr std::size_t kTypedBytesMax = 254;

std::string dayOfMs(std::int64_t ms, Lang lang) {
    const std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(ms)};
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
    return dayText(fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                               static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())),
                   lang);
}

std::string priceOf(const std::optional<Money>& price, const std::optional<Money>& regular, Lang lang) {
    if (!price) return {};
    if (!regular) return fmt::format("<b>{}</b>", priceText(*price, lang));
    return fmt::format("<b class=now>{}</b> <span class=vh>{}: </span><s>{}</s>", priceText(*price, lang),
                       word(Word::RegularPrice, lang), priceText(*regular, lang));
}

std::string productCard(const Frame& frame, const ProductFace& product) {
    const auto lang = frame.lang;
    std::string here;
    if (!product.here)
        here = fmt::format("<p class=out>{}</p>", word(Word::HereUnknown, lang));
    else if (*product.here <= 0)
        here = fmt::format("<p class=out>{}</p>", word(Word::NoneHere, lang));
    else
        here = fmt::format("<p class={}>{}</p>", *product.here <= kLastFewMax ? "few" : "good",
                           filled(word(Word::Here, lang), std::to_string(*product.here)));
    if (!product.aisle.empty())
        here += fmt::format("<p>{}</p>",
                            filled(word(Word::Aisle, lang), isolated(product.aisle, kShortBytesMax)));
    std::string near;
    for (const auto& store : product.near)
        near += fmt::format("<li><span>{}</span><span>{}</span></li>", isolated(store.name, kShownBytesMax),
                            filled(word(Word::NearOne, lang), std::to_string(store.quantity),
                                   fmt::format("{:.0f}", std::max(store.km, 1.0))));
    near = near.empty() ? fmt::format("<p class=out>{}</p>", word(Word::NowhereNear, lang))
                        : fmt::format("<ul>{}</ul>", near);
    std::string about = product.brand;
    if (!product.variant.empty()) about += (about.empty() ? "" : " · ") + product.variant;
    return pageOf(
        frame, escaped(product.name, kShownBytesMax),
        fmt::format("<p class=kicker>{}</p><h1>{}</h1><p class=price>{}</p><div "
                    "class=facts><section><h2>{}</h2>{}</section><section><h2>{}</h2>{}</section></div>",
                    isolated(about, kShownBytesMax), isolated(product.name, kShownBytesMax),
                    priceOf(product.price, product.regular, lang), isolated(frame.store, kShownBytesMax),
                    here, word(Word::Near, lang), near));
}

std::string shelfOf(const std::string& here, Lang lang) {
    if (here == "in-stock")
        return fmt::format("<span class=\"shelf good\">{}</span>", word(Word::InStock, lang));
    if (here == "last-few")
        return fmt::format("<span class=\"shelf few\">{}</span>", word(Word::LastFew, lang));
    if (here == "out") return fmt::format("<span class=\"shelf out\">{}</span>", word(Word::NoneHere, lang));
    return fmt::format("<span class=\"shelf out\">{}</span>", word(Word::HereUnknown, lang));
}

std::string productsCard(const Frame& frame, const std::vector<ProductHit>& hits) {
    const auto lang = frame.lang;
    std::string rows;
    for (const auto& hit : hits) {
        const auto cost = hit.price ? priceText(*hit.price, lang) : std::string();
        const auto path =
            fmt::format("{}?sku={}&lang={}", kProductPath, percentEncode(hit.sku), codeOf(lang));
        rows += fmt::format("<li><a href=\"{}\"><span><b>{}</b><small>{}</small></span><span "
                            "class=cost>{}</span>{}</a></li>",
                            escaped(path, kFieldBytesMax), isolated(hit.name, kShownBytesMax),
                            isolated(hit.brand, kShortBytesMax), cost, shelfOf(hit.here, lang));
    }
    return pageOf(frame, std::string(word(Word::Products, lang)),
                  fmt::format("<h1>{}</h1><ul class=hits>{}</ul>", word(Word::Products, lang), rows));
}

std::string sayingOf(const Frame& frame, std::string_view title, const std::string& text,
                     std::string_view kicker = {}) {
    return pageOf(frame, std::string(title),
                  fmt::format("{}<h1>{}</h1><p class=lead>{}</p>",
                              kicker.empty() ? std::string() : fmt::format("<p class=kicker>{}</p>", kicker),
                              title, text));
}

std::string lastDigitsOf(const std::string& number) {
    constexpr std::size_t kShown = 4;
    return number.size() > kShown ? number.substr(number.size() - kShown) : number;
}

Word tierOf(const std::string& tier) {
    return tier == "gold" ? Word::TierGold : tier == "silver" ? Word::TierSilver : Word::TierMember;
}

/// "Silver", "Points: 640", and how old that is where the hub has not said so now.
std::string standingOf(const Card& card, Lang lang) {
    const bool isNow = card.member && card.member->points;
    if (!isNow && !card.kept) return {};
    const auto& tier = isNow ? card.member->tier : card.kept->tier;
    const auto points = isNow ? *card.member->points : card.kept->points;
    auto html = fmt::format("<p class=tier><b>{}</b> <span>{}</span>", word(tierOf(tier), lang),
                            filled(word(Word::Points, lang), std::to_string(points)));
    if (!isNow) {
        constexpr int kMinutesOfDay = 24 * 60;
        const auto at = localTimeOf(card.kept->asOfMs);
        html += fmt::format(" <small>{}</small>", filled(word(Word::PointsAsOf, lang),
                                                         dayText(at.date, lang) + ", " +
                                                             clockText(at.minute % kMinutesOfDay, lang)));
    }
    return html + "</p>";
}

/// One line to say aloud.
std::string nextOf(const Card& card, Lang lang) {
    const auto& next = card.member && card.member->next ? card.member->next : card.next;
    if (!next) return {};
    const auto name = fmt::format("<b>{}</b>", isolated(next->name, kShownBytesMax));
    auto line = next->kind == NextThing::Kind::Wish
                    ? filled(word(Word::NextWish, lang), name)
                    : filled(word(Word::NextCoupon, lang), dayText(next->lastDay, lang), name);
    if (!next->aisle.empty())
        line += " · " + filled(word(Word::Aisle, lang), isolated(next->aisle, kShortBytesMax));
    return fmt::format("<p class=next>{}<span>{}</span></p>",
                       iconOf(next->kind == NextThing::Kind::Wish ? Icon::Star : Icon::Ticket), line);
}

std::string memberSaying(const Frame& frame, std::string_view title, const std::string& text,
                         std::string_view kicker, const Card& card) {
    return pageOf(frame, std::string(title),
                  fmt::format("<p class=kicker>{}</p><h1>{}</h1>{}<p class=lead>{}</p>{}", kicker, title,
                              standingOf(card, frame.lang), text, nextOf(card, frame.lang)));
}

std::string memberCard(const Frame& frame, const Card& card) {
    const auto lang = frame.lang;
    const auto ends = filled(word(Word::NumberEnds, lang), escaped(lastDigitsOf(card.text), kShortBytesMax));
    if (card.member && card.member->isKnown)
        return memberSaying(frame, filled(word(Word::MemberSince, lang), dayOfMs(card.member->sinceMs, lang)),
                            ends, word(Word::MemberCard, lang), card);
    if (card.isIssuedHere)
        return memberSaying(frame, word(Word::MemberCard, lang),
                            std::string(word(Word::MemberIssuedHere, lang)), ends, card);
    if (card.member)
        return sayingOf(frame, word(Word::MemberUnknown, lang),
                        std::string(word(Word::MemberUnknownText, lang)), ends);
    return memberSaying(frame, word(Word::MemberCard, lang), std::string(word(Word::MemberOffline, lang)),
                        ends, card);
}

std::string couponOf(const CouponFace& coupon, Word heading, Lang lang) {
    return fmt::format(
        "<section class=coupon><h2>{}</h2><p class=gift>{}</p><p><code>{}</code></p><p>{}</p></section>",
        word(heading, lang), isolated(coupon.title, kShownBytesMax), escaped(coupon.code, kShownBytesMax),
        filled(word(Word::ValidUntil, lang), dayText(coupon.validDate, lang)));
}

struct InputForm {
    std::string_view name;
    Word label;
    std::string_view attributes;
};

/// `value` as it was typed.
std::string inputOf(const InputForm& form, const std::string& value, Lang lang, bool isOptional = false) {
    return fmt::format(
        "<div class=field><label for={0}>{1}{2}</label><input id={0} name={0} {3} maxlength={4} "
        "value=\"{5}\"></div>",
        form.name, word(form.label, lang),
        isOptional ? fmt::format(" <span class=tag>({})</span>", word(Word::Optional, lang)) : std::string(),
        form.attributes, kTypedBytesMax, escaped(value, kTypedBytesMax));
}

std::string_view inputOf(Word problem) {
    switch (problem) {
    case Word::PhoneMalformed:
        return "phone";
    case Word::NameTooLong:
        return "name";
    case Word::TermsMissing:
        return "terms";
    case Word::AgeMissing:
        return "age";
    default:
        return "email";
    }
}

/// The cursor stands on the first consent when all else is there, so that Space and Enter do.
std::string consentsOf(const JoinPage& page, Lang lang) {
    std::string rows;
    for (const auto consent : kMembershipConsents) {
        const bool isTicked = std::ranges::find(page.ticked, consent) != page.ticked.end();
        const bool isRequired = consent == MembershipConsent::Terms || consent == MembershipConsent::Age;
        rows += fmt::format(
            "<div class=consent><label for={0}><input type=checkbox id={0} name={0} value=yes{1}{2}{3}><span "
            "lang={4}>{5}</span></label></div>",
            checkboxOf(consent), isTicked ? " checked" : "", isRequired ? " aria-required=true" : "",
            consent == MembershipConsent::Terms ? " autofocus" : "", codeOf(page.customerLang),
            membershipWording(consent, codeOf(page.customerLang), page.age));
    }
    return fmt::format("<fieldset><h2>{}</h2>{}</fieldset>", word(Word::ReadOut, lang), rows);
}

/// Buttons that show the consents in another language; behind the one that Enter presses.
std::string sayButtons(const JoinPage& page, Lang lang) {
    std::string buttons;
    for (const auto other : kLangs)
        buttons +=
            fmt::format("<button class=quiet name=say value={0} lang={0} aria-pressed={1}>{2}</button>",
                        codeOf(other), other == page.customerLang, nameOf(other));
    return fmt::format("<div class=say><span>{}</span>{}</div>", word(Word::CustomersLanguage, lang),
                       buttons);
}

} // namespace

const std::string& contentSecurityPolicy() {
    static const std::string policy =
        fmt::format("default-src 'none'; style-src '{}'; script-src '{}'; connect-src 'self'; img-src data:; "
                    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
                    policyHashOf(pageStyle()), policyHashOf(pageScript()));
    return policy;
}

std::string renderDoor(const Frame& frame, const DoorPage& page) {
    const auto lang = frame.lang;
    const bool asksPin = !page.badge.empty();
    const auto main = fmt::format(
        "<section class=door>{}<h1>{}</h1><p class=lead>{}</p>{}<form method=post action=\"{}\" "
        "autocomplete=off "
        "novalidate>{}<div class=field><label for=badge>{}</label><p class=hint id=badge-hint>{}</p><input "
        "id=badge name=badge type=text autocomplete=off autocapitalize=characters spellcheck=false "
        "maxlength=64 "
        "aria-describedby=badge-hint value=\"{}\"{}></div><div class=field><label for=pin>{}</label><p "
        "class=hint id=pin-hint>{}</p><input id=pin name=pin type=password inputmode=numeric "
        "autocomplete=off "
        "maxlength=12 aria-describedby=pin-hint{}></div><button class=go>{}</button></form></section>",
        noticeOf(page.notice), word(Word::SignInTitle, lang), word(Word::SignInLead, lang),
        page.problem.empty() ? std::string() : problemsOf({{asksPin ? "pin" : "badge", page.problem}}, lang),
        kSignInPath, tokenField(page.token, lang), word(Word::BadgeLabel, lang), word(Word::BadgeHint, lang),
        escaped(page.badge, kShortBytesMax + kShortBytesMax), asksPin ? "" : " autofocus",
        word(Word::PinLabel, lang), word(Word::PinHint, lang), asksPin ? " autofocus" : "",
        word(Word::SignIn, lang));
    const auto title = std::string(word(Word::SignInTitle, lang));
    return documentOf(
        frame, "door-page",
        page.problem.empty() ? title : fmt::format("{}: {}", word(Word::ErrorPrefix, lang), title), main);
}

std::string renderHome(const Frame& frame, const std::string& problem) {
    return documentOf(
        frame, "start", std::string(word(Word::FieldTitle, frame.lang)),
        askOf(frame, true, fmt::format("<h1>{}</h1>", word(Word::FieldTitle, frame.lang)), problem) +
            inviteForm(frame, true));
}

std::string renderCard(const Frame& frame, const Card& card) {
    const auto lang = frame.lang;
    const auto say = [&](Word title, Word text) {
        return sayingOf(frame, word(title, lang), std::string(word(text, lang)));
    };
    switch (card.kind) {
    case CardKind::Product:
        return productCard(frame, card.product);
    case CardKind::Products:
        return productsCard(frame, card.products);
    case CardKind::UnknownProduct:
        return sayingOf(frame, word(Word::UnknownProduct, lang),
                        filled(word(Word::UnknownProductText, lang), escaped(card.text, kShortBytesMax)));
    case CardKind::Member:
        return memberCard(frame, card);
    case CardKind::WelcomeCoupon:
        return pageOf(frame, std::string(word(Word::CouponTitle, lang)),
                      fmt::format("<h1>{}</h1>{}{}", word(Word::CouponTitle, lang),
                                  couponOf(card.coupon, Word::ShowCoupon, lang),
                                  printForm(frame, {"coupon", {}, card.coupon.code, {}})));
    case CardKind::PrintedCoupon:
        return say(Word::PrintedCoupon, Word::PrintedCouponText);
    case CardKind::Foreign:
        return card.text.empty()
                   ? say(Word::Foreign, Word::UnknownText)
                   : sayingOf(frame, word(Word::Foreign, lang),
                              filled(word(Word::ForeignText, lang), isolated(card.text, kShownBytesMax)));
    case CardKind::Wishlist:
        return say(Word::Wishlist, Word::WishlistText);
    case CardKind::Enrolment:
        return say(Word::Enrolment, Word::EnrolmentText);
    case CardKind::Token:   // of a kind that has no page
    case CardKind::Order:   // has a card of its own
    case CardKind::Receipt: // as well
    case CardKind::Unknown:
        break;
    }
    return say(Word::Unknown, Word::UnknownText);
}

std::string renderKnownContact(const Frame& frame, const MemberWord& member) {
    return sayingOf(frame, word(Word::AlreadyMember, frame.lang),
                    filled(word(Word::AlreadyMemberText, frame.lang), dayOfMs(member.sinceMs, frame.lang),
                           escaped(member.lastDigits, kShortBytesMax)));
}

std::string renderJoin(const Frame& frame, const JoinPage& page) {
    constexpr InputForm kEmail = {
        "email", Word::LabelEmail,
        "type=email inputmode=email autocomplete=off autocapitalize=off spellcheck=false"};
    constexpr InputForm kPhone = {"phone", Word::LabelPhone, "type=tel inputmode=tel autocomplete=off"};
    constexpr InputForm kName = {"name", Word::LabelName, "type=text autocomplete=off spellcheck=false"};
    const auto lang = frame.lang;
    std::vector<std::pair<std::string_view, std::string>> problems;
    problems.reserve(page.problems.size());
    for (const auto problem : page.problems)
        problems.emplace_back(inputOf(problem), word(problem, lang));
    const auto form =
        fmt::format("<form class=join method=post action=\"{}\" autocomplete=off novalidate>{}<input "
                    "type=hidden name=member "
                    "value=\"{}\"><input type=hidden name=said value={}><input type=hidden name=asked "
                    "value={}>{}<div>{}{}{}</div>{}<div "
                    "class=end><button class=go>{}</button>{}</div></form>",
                    kJoinPath, tokenField(page.token, lang), escapedCode(page.memberId, kShortBytesMax),
                    codeOf(page.customerLang), page.wasAsked ? "yes" : "no", problemsOf(problems, lang),
                    inputOf(kEmail, page.email, lang), inputOf(kPhone, page.phone, lang),
                    inputOf(kName, page.name, lang, true), consentsOf(page, lang), word(Word::Join, lang),
                    sayButtons(page, lang));
    auto title = std::string(word(Word::JoinTitle, lang));
    const auto content = fmt::format("<p class=kicker>{}</p><div class=headline><h1>{}</h1>{}</div>{}",
                                     word(page.wasAsked ? Word::JoinNew : Word::JoinOffline, lang), title,
                                     inviteForm(frame, false), form);
    if (!problems.empty()) title = fmt::format("{}: {}", word(Word::ErrorPrefix, lang), title);
    return pageOf(frame, title, content, false);
}

std::string renderJoined(const Frame& frame, const JoinedCard& joined) {
    constexpr std::size_t kGroup = 4;
    const auto lang = frame.lang;
    std::string number;
    for (std::size_t i = 0; i < joined.number.size(); ++i) {
        if (i > 0 && i % kGroup == 0) number += "\u00a0";
        number += joined.number[i];
    }
    auto content = fmt::format("<h1>{}</h1><p class=kicker>{}</p><p class=number>{}</p><p class=lead>{}</p>",
                               word(Word::Joined, lang), word(Word::MemberNumber, lang),
                               escaped(number, kShownBytesMax), word(Word::JoinedText, lang));
    if (joined.coupon) {
        content += couponOf(*joined.coupon, Word::ShowCoupon, lang);
        content += printForm(frame, {"coupon", {}, joined.coupon->code, joined.number});
    }
    return pageOf(frame, std::string(word(Word::Joined, lang)), content);
}

std::string renderMessage(const Frame& frame, std::string_view title, std::string_view text) {
    const auto content = fmt::format("<h1>{}</h1><p class=lead>{}</p>", title, text);
    if (!frame.staff.empty()) return pageOf(frame, std::string(title), content);
    return documentOf(frame, "door-page", std::string(title),
                      "<section class=door>" + content + "</section>");
}

} // namespace silta::till
