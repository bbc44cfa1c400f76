#include "view/search_view.h"

#include <algorithm>

namespace silta::kiosk {

namespace {

constexpr int kStarsLeast = 2; // "one star and more" is everything

QString keyOf(const PriceBand& band) {
    return QStringLiteral("%1-%2").arg(band.from).arg(band.to ? QString::number(*band.to) : QString());
}

PriceBand bandOf(const QString& key) {
    PriceBand band;
    band.from = key.section(QLatin1Char('-'), 0, 0).toLongLong();
    bool isNumber = false;
    const qint64 to = key.section(QLatin1Char('-'), 1, 1).toLongLong(&isNumber);
    if (isNumber) band.to = to;
    return band;
}

QString wordsOf(const PriceBand& band, const Currency& currency, const Words& words) {
    const auto money = [&](std::int64_t minor) { return words.roundMoney(Money{minor, currency}); };
    if (band.from == 0 && band.to) return Words::tr("Under %1", "a price").arg(money(*band.to));
    if (!band.to) return Words::tr("%1 and more", "a price").arg(money(band.from));
    return Words::tr("%1 to %2", "two prices").arg(money(band.from), money(*band.to));
}

void toggleIn(std::vector<std::string>& keys, const std::string& key) {
    if (std::erase(keys, key) > 0) return;
    if (keys.size() < kFacetChoicesMax) keys.push_back(key);
}

} // namespace

SearchView::SearchView(const Desk& desk, QObject* parent) : QObject(parent), desk_(desk) {
    query_.limit = kResultsMax;
}

// ---- what is asked for

void SearchView::setText(const QString& text) {
    if (text == text_) return;
    text_ = text;
    beginScope();
}

void SearchView::setDepartment(qint64 id, const QString& title) {
    query_.department = id;
    department_ = title;
    beginScope();
}

void SearchView::setStock(Stock stock) {
    if (stock == this->stock()) return;
    query_.stock = static_cast<BrowseStock>(stock);
    narrowed();
}

void SearchView::setOrder(Order order) {
    if (order == this->order()) return;
    query_.order = static_cast<BrowseOrder>(order);
    narrowed();
}

void SearchView::toggle(Facet facet, const QString& key) {
    switch (facet) {
    case Brand:
        toggleIn(query_.brands, key.toStdString());
        break;
    case Color:
        toggleIn(query_.colors, key.toStdString());
        break;
    case Size:
        toggleIn(query_.sizes, key.toStdString());
        break;
    case Price:
        if (query_.price == bandOf(key))
            query_.price.reset();
        else
            query_.price = bandOf(key);
        break;
    case Stars:
        query_.starsMin = query_.starsMin == key.toInt() ? 0 : key.toInt();
        break;
    }
    narrowed();
}

void SearchView::drop(const QString& key) {
    const auto facet = static_cast<Facet>(key.section(QLatin1Char(' '), 0, 0).toInt());
    toggle(facet, key.section(QLatin1Char(' '), 1));
}

void SearchView::clearChoices() {
    query_.brands.clear();
    query_.colors.clear();
    query_.sizes.clear();
    query_.price.reset();
    query_.starsMin = 0;
    narrowed();
}

void SearchView::showMore() {
    if (!hasMore()) return;
    query_.limit = std::min<std::size_t>(query_.limit + kResultsMax, kSearchLimitMax);
    ask();
}

bool SearchView::hasMore() const {
    return total_ > results_.rowCount() && results_.rowCount() < kSearchLimitMax;
}

void SearchView::narrowed() {
    query_.limit = kResultsMax;
    ask();
}

/// Other words give other brands and colours: what was chosen of the former ones goes.
void SearchView::beginScope() {
    isNewScope_ = true;
    query_.brands.clear();
    query_.colors.clear();
    query_.sizes.clear();
    query_.price.reset();
    query_.starsMin = 0;
    narrowed();
}

void SearchView::setLanguage(const QString& language) {
    language_ = language;
    isNewScope_ = true;
    // A department's title is kept in the language in which it was opened until it is opened again.
    reload();
}

void SearchView::reload() {
    if (asked()) ask();
}

void SearchView::reset() {
    text_.clear();
    department_.clear();
    query_ = {};
    beginScope();
}

// ---- asking

std::string SearchView::typed() const {
    // A space at the end says that the word is complete.
    std::string text = text_.trimmed().toStdString();
    if (!text_.isEmpty() && text_.back().isSpace()) text.push_back(' ');
    if (text.size() > kQueryBytesMax) text = text_.left(64).toStdString(); // 64 × 4 bytes of UTF-8
    return text;
}

bool SearchView::isNarrowed() const {
    return query_.stock != BrowseStock::Anywhere || query_.order != BrowseOrder::BestMatch ||
           query_.limit > kResultsMax || !query_.brands.empty() || !query_.colors.empty() ||
           !query_.sizes.empty() || query_.price || query_.starsMin > 0;
}

void SearchView::ask() {
    const quint64 ticket = ++*latest_;
    if (!asked()) {
        busy_ = failed_ = hasNearby_ = false;
        total_ = cardsAnywhere_ = 0;
        summary_.clear();
        countAnywhere_.clear();
        countHere_.clear();
        results_.setRows({});
        for (auto* model : {&departments_, &brands_, &colors_, &sizes_, &prices_, &stars_, &chosen_})
            model->setRows({}, false);
        return emit changed();
    }
    busy_ = true;
    emit changed();
    // While somebody types, what comes first is shown at once; counting all of it may take a moment more.
    if (!isNarrowed()) askFirst(ticket);
    askAll(ticket);
}

void SearchView::askFirst(quint64 ticket) {
    SearchQuery query;
    query.text = typed();
    query.lang = language_.toStdString();
    query.limit = kResultsMax;
    query.department = query_.department;
    desk_.catalog.ask(
        this,
        [query, ticket, latest = latest_](const CatalogReader& reader) -> Result<std::vector<ProductCard>> {
            if (latest->load() != ticket) return Error{Errc::Conflict, "search: overtaken"};
            return reader.search(query);
        },
        [this, ticket](const Result<std::vector<ProductCard>>& cards) {
            if (latest_->load() != ticket || !cards) return;
            show(*cards);
            emit changed();
        });
}

void SearchView::askAll(quint64 ticket) {
    BrowseQuery query = query_;
    query.text = typed();
    query.lang = language_.toStdString();
    query.now = desk_.clock.nowMs();
    desk_.catalog.ask(
        this,
        [query, ticket, latest = latest_](const CatalogReader& reader) -> Result<BrowsePage> {
            if (latest->load() != ticket) return Error{Errc::Conflict, "browse: overtaken"};
            return reader.browse(query);
        },
        [this, ticket](const Result<BrowsePage>& page) {
            if (latest_->load() != ticket) return;
            take(page ? *page : BrowsePage{});
            failed_ = !page;
            busy_ = false;
            emit changed();
        });
}

// ---- what came of it

void SearchView::show(const std::vector<ProductCard>& cards) {
    const Words words(language_);
    std::vector<ProductRow> rows;
    rows.reserve(cards.size());
    for (const ProductCard& card : cards)
        rows.push_back(toRow(card, words, desk_.clock.nowMs()));
    if (rows != results_.rows()) results_.setRows(std::move(rows)); // the same again would jump to the top
}

void SearchView::take(const BrowsePage& page) {
    const Words words(language_);
    show(page.cards);
    total_ = page.total;
    cardsAnywhere_ = page.anywhere;
    summary_ = Words::tr("%n product(s) found", nullptr, page.total);
    countAnywhere_ = words.number(page.anywhere);
    countHere_ = words.number(page.here);
    hasNearby_ = page.storesNearby > 0;
    currency_ = page.currency;
    takeFacets(page, words);
    takeChosen(words);
    isNewScope_ = false;
}

void SearchView::takeFacets(const BrowsePage& page, const Words& words) {
    const bool keep = !isNewScope_;
    const auto rowOf = [&words](QString key, QString label, int cards, bool chosen) {
        return ChoiceRow{std::move(key), std::move(label), words.number(cards), {}, cards, chosen};
    };
    const auto fill = [&](ChoiceModel& model, const std::vector<FacetValue>& values,
                          const std::vector<std::string>& chosen, bool isPainted) {
        std::vector<ChoiceRow> rows;
        for (const FacetValue& value : values) {
            rows.push_back(rowOf(QString::fromStdString(value.key), QString::fromStdString(value.title),
                                 value.cards,
                                 std::find(chosen.begin(), chosen.end(), value.key) != chosen.end()));
            if (isPainted) rows.back().paint = paintOf(value.key);
        }
        // Some with a dot and some without would look as if those without were of another kind.
        if (std::any_of(rows.begin(), rows.end(), [](const ChoiceRow& row) { return row.paint.isEmpty(); }))
            for (ChoiceRow& row : rows)
                row.paint.clear();
        model.setRows(std::move(rows), keep);
    };
    fill(brands_, page.brands, query_.brands, false);
    fill(colors_, page.colors, query_.colors, true);
    fill(sizes_, page.sizes, query_.sizes, false);
    std::vector<ChoiceRow> rows;
    for (const Department& each : page.departments)
        rows.push_back(
            rowOf(QString::number(each.id), QString::fromStdString(each.title), each.products, false));
    departments_.setRows(std::move(rows), keep);
    rows.clear();
    for (const auto& [band, cards] : page.prices)
        rows.push_back(rowOf(keyOf(band), wordsOf(band, *page.currency, words), cards, query_.price == band));
    prices_.setRows(std::move(rows), false); // bounds may be others, so nothing stays where it was
    rows.clear();
    for (int stars = static_cast<int>(page.stars.size()) - 1; stars >= kStarsLeast; --stars)
        if (const int cards = page.stars[static_cast<std::size_t>(stars - 1)];
            cards > 0 || query_.starsMin == stars)
            rows.push_back(rowOf(QString::number(stars), Words::tr("%1 stars and more").arg(stars), cards,
                                 query_.starsMin == stars));
    stars_.setRows(std::move(rows), keep);
}

void SearchView::takeChosen(const Words& words) {
    std::vector<ChoiceRow> rows;
    const auto add = [&rows](Facet facet, const QString& key, const QString& label) {
        rows.push_back({QStringLiteral("%1 %2").arg(facet).arg(key), label, {}, {}, 0, true});
    };
    const auto addAll = [&](Facet facet, const ChoiceModel& model) {
        for (const ChoiceRow& row : model.rows())
            if (row.chosen) add(facet, row.key, row.label);
    };
    addAll(Brand, brands_);
    addAll(Color, colors_);
    addAll(Size, sizes_);
    if (query_.price && currency_)
        add(Price, keyOf(*query_.price), wordsOf(*query_.price, *currency_, words));
    addAll(Stars, stars_);
    chosen_.setRows(std::move(rows), false);
}

} // namespace silta::kiosk
