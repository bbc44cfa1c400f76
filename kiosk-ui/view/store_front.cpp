#include "view/store_front.h"

#include <algorithm>
#include <array>

namespace silta::kiosk {

StoreFront::StoreFront(const Desk& desk, QObject* parent) : QObject(parent), desk_(desk), showcase_(desk) {}

void StoreFront::setStatus(const EdgeStatus& status) {
    storeCode_ = status.storeCode;
    statusName_ = status.storeName;
    refreshTimes();
}

void StoreFront::setInfo(const CatalogInfo& info) {
    stockAsOf_ = info.stockAsOf;
    refreshTimes();
}

void StoreFront::reload(const QString& language) {
    // Stock changes all day; slides are asked for anew when their words or the first catalogue make it so.
    if (language != language_ || showcase_.slides()->count() == 0)
        showcase_.reload(language);
    else
        showcase_.refresh();
    language_ = language;
    const quint64 ticket = ++ticket_;
    const std::string lang = language.toStdString();
    const UtcMs now = desk_.clock.nowMs();
    desk_.catalog.ask(
        this, [lang, now](const CatalogReader& reader) { return reader.offers(lang, now, kOffersMax); },
        [this, ticket](Result<std::vector<ProductCard>> cards) {
            if (ticket != ticket_ || !cards) return;
            const Words words(language_);
            std::vector<ProductRow> rows;
            for (const ProductCard& card : *cards)
                rows.push_back(toRow(card, words, desk_.clock.nowMs()));
            offers_.setRows(std::move(rows));
        });
    readDepartments(ticket);
    desk_.catalog.ask(
        this, [](const CatalogReader& reader) { return reader.stores(); },
        [this, ticket](Result<std::vector<StoreRecord>> stores) {
            if (ticket != ticket_ || !stores) return;
            for (const StoreRecord& store : *stores)
                if (store.code == storeCode_) store_ = store;
            refreshTimes();
        });
}

void StoreFront::readDepartments(quint64 ticket) {
    struct Found {
        Department department;
        std::string picture;
    };
    const std::string lang = language_.toStdString();
    desk_.catalog.ask(
        this,
        [lang](const CatalogReader& reader) -> Result<std::vector<Found>> {
            auto departments = reader.departments(lang);
            if (!departments) return departments.error();
            std::vector<Found> found;
            for (const Department& department : *departments) {
                SearchQuery query;
                query.lang = lang;
                query.department = department.id;
                query.limit = 8;
                const auto cards = reader.search(query);
                std::string picture;
                if (cards)
                    for (const ProductCard& card : *cards)
                        if (picture.empty()) picture = card.picture;
                found.push_back({department, picture});
            }
            return found;
        },
        [this, ticket](Result<std::vector<Found>> found) {
            if (ticket != ticket_ || !found) return;
            const Words words(language_);
            std::vector<DepartmentRow> rows;
            for (const Found& entry : *found)
                rows.push_back({entry.department.id, QString::fromStdString(entry.department.title),
                                Words::tr("%n product(s)", nullptr, entry.department.products),
                                pictureUrl(entry.picture)});
            departments_.setRows(std::move(rows));
        });
}

bool StoreFront::isClosedAround(UtcMs now) const {
    if (!areHoursKnown(store_.hours)) return false;
    const std::array<UtcMs, 3> moments = {now - kAwakeMs, now, now + kAwakeMs};
    return std::none_of(moments.begin(), moments.end(), [this](UtcMs at) {
        const LocalMoment moment = localMoment(store_.timeZone, at);
        return openState(store_.hours, moment.date, moment.minute).open;
    });
}

void StoreFront::refreshTimes() {
    const Words words(language_);
    const UtcMs now = desk_.clock.nowMs();
    const LocalMoment moment = localMoment(store_.timeZone, now);
    const QString clock = words.clock(moment.minute);
    const bool asleep = isClosedAround(now);
    const QString name = QString::fromStdString(store_.name.empty() ? statusName_ : store_.name);
    const QString opening = store_.code.empty() ? QString() : words.opening(store_, now);
    const QString stockAge = stockAsOf_ > 0 ? words.age(stockAsOf_, now) : QString();
    if (name == name_ && opening == opening_ && stockAge == stockAge_ && clock == clock_ && asleep == asleep_)
        return;
    name_ = name;
    opening_ = opening;
    stockAge_ = stockAge;
    clock_ = clock;
    minute_ = moment.minute % 60;
    asleep_ = asleep;
    emit changed();
}

} // namespace silta::kiosk
