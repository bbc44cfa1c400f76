#include "view/search_view.h"

namespace silta::kiosk {

SearchView::SearchView(const Desk& desk, QObject* parent) : QObject(parent), desk_(desk) {}

void SearchView::setText(const QString& text) {
    if (text == text_) return;
    text_ = text;
    ask();
}

void SearchView::setHereOnly(bool hereOnly) {
    if (hereOnly == hereOnly_) return;
    hereOnly_ = hereOnly;
    ask();
}

void SearchView::setDepartment(qint64 id, const QString& title) {
    departmentId_ = id;
    department_ = title;
    ask();
}

void SearchView::setLanguage(const QString& language) {
    language_ = language;
    // A department's title is kept in the language in which it was opened until it is opened again.
    reload();
}

void SearchView::reload() {
    if (asked()) ask();
}

void SearchView::reset() {
    text_.clear();
    department_.clear();
    departmentId_ = 0;
    hereOnly_ = false;
    ask();
}

void SearchView::ask() {
    const quint64 ticket = ++*latest_;
    if (!asked()) {
        busy_ = false;
        summary_.clear();
        results_.setRows({});
        emit changed();
        return;
    }
    SearchQuery query;
    // A space at the end says that the word is complete.
    query.text = text_.trimmed().toStdString();
    if (!text_.isEmpty() && text_.back().isSpace()) query.text.push_back(' ');
    if (query.text.size() > kQueryBytesMax)
        query.text = text_.left(64).toStdString(); // 64 × 4 bytes of UTF-8
    query.lang = language_.toStdString();
    query.limit = kResultsMax;
    query.department = departmentId_;
    query.hereOnly = hereOnly_;
    busy_ = true;
    emit changed();
    desk_.catalog.ask(
        this,
        [query, ticket, latest = latest_](const CatalogReader& reader) -> Result<std::vector<ProductCard>> {
            if (latest->load() != ticket) return Error{Errc::Conflict, "search: overtaken"};
            return reader.search(query);
        },
        [this, ticket](Result<std::vector<ProductCard>> cards) {
            if (latest_->load() != ticket) return;
            const Words words(language_);
            std::vector<ProductRow> rows;
            if (cards)
                for (const ProductCard& card : *cards)
                    rows.push_back(toRow(card, words, desk_.clock.nowMs()));
            summary_ = rows.size() == static_cast<std::size_t>(kResultsMax)
                           ? Words::tr("The first %1 products").arg(words.number(kResultsMax))
                           : Words::tr("%n product(s) found", nullptr, static_cast<int>(rows.size()));
            results_.setRows(std::move(rows));
            busy_ = false;
            emit changed();
        });
}

} // namespace silta::kiosk
