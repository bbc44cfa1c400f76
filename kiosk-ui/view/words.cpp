#include "view/words.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>
#include <algorithm>
#include <array>
#include <cmath>

namespace silta::kiosk {

namespace {

constexpr UtcMs kMinuteMs = 60'000;
constexpr UtcMs kHourMs = 60 * kMinuteMs;
constexpr UtcMs kDayMs = 24 * kHourMs;

/// QLocale knows the symbol of its own country's currency only. Source: Unicode CLDR 42, narrow symbols.
QString symbolOf(std::string_view code) {
    if (code == "EUR") return QStringLiteral("€");
    if (code == "GBP") return QStringLiteral("£");
    if (code == "USD") return QStringLiteral("$");
    if (code == "PLN") return QStringLiteral("zł");
    if (code == "SEK" || code == "NOK" || code == "DKK") return QStringLiteral("kr");
    return QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size()));
}

} // namespace

QLocale localeOf(const QString& language) {
    if (language == QLatin1String("fi")) return {QLocale::Finnish, QLocale::Finland};
    if (language == QLatin1String("sv")) return {QLocale::Swedish, QLocale::Sweden};
    if (language == QLatin1String("pl")) return {QLocale::Polish, QLocale::Poland};
    return {QLocale::English, QLocale::UnitedKingdom};
}

LocalMoment localMoment(const std::string& timeZone, UtcMs now) {
    const QTimeZone zone(QByteArray::fromStdString(timeZone));
    const QDateTime there = zone.isValid() ? QDateTime::fromMSecsSinceEpoch(now, zone)
                                           : QDateTime::fromMSecsSinceEpoch(now, QTimeZone::utc());
    return {there.date().toString(Qt::ISODate).toStdString(),
            there.time().hour() * 60 + there.time().minute(), there.date().dayOfWeek()};
}

Words::Words(const QString& language) : locale_(localeOf(language)) {}

QString Words::money(const Money& money) const {
    const int digits = money.currency.exponent();
    return locale_.toCurrencyString(static_cast<double>(money.minor) / std::pow(10.0, digits),
                                    symbolOf(money.currency.code()), digits);
}

QString Words::roundMoney(const Money& money) const {
    std::int64_t unit = 1;
    for (int digit = 0; digit < money.currency.exponent(); ++digit)
        unit *= 10;
    if (money.minor % unit != 0) return this->money(money);
    const std::int64_t whole = money.minor / unit; // there is no rest
    return locale_.toCurrencyString(static_cast<double>(whole), symbolOf(money.currency.code()), 0);
}

QString Words::unitPrice(const Money& price, const std::string& measure) const {
    struct Unit {
        const char* name;
        const char* base;
        double inBase;
    };
    static constexpr std::array kUnits = {
        Unit{"mg", "kg", 1e-6}, Unit{"g", "kg", 1e-3}, Unit{"kg", "kg", 1}, Unit{"ml", "l", 1e-3},
        Unit{"cl", "l", 1e-2},  Unit{"dl", "l", 1e-1}, Unit{"l", "l", 1},   Unit{"cm", "m", 1e-2},
        Unit{"m", "m", 1},      Unit{"sqm", "m²", 1}};
    static const QRegularExpression form(
        QStringLiteral("^\\s*([0-9]{1,9}(?:[.,][0-9]{1,6})?)\\s*([a-z]{1,3})\\s*$"));
    const auto match = form.match(QString::fromStdString(measure).toLower());
    if (!match.hasMatch()) return {};
    const double amount = match.captured(1).replace(QLatin1Char(','), QLatin1Char('.')).toDouble();
    const auto unit = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& each) {
        return match.captured(2) == QLatin1String(each.name);
    });
    if (unit == kUnits.end() || amount <= 0) return {};
    const auto minor = std::llround(static_cast<double>(price.minor) / (amount * unit->inBase));
    return tr("%1/%2", "a price, a unit")
        .arg(money(Money{minor, price.currency}), QString::fromUtf8(unit->base));
}

QString Words::availability(Availability availability) const {
    switch (availability) {
    case Availability::InStock:
        return tr("In stock");
    case Availability::LastFew:
        return tr("Last few");
    case Availability::Out:
        return tr("Out of stock");
    case Availability::Unknown:
        break;
    }
    return {};
}

QString Words::age(UtcMs asOf, UtcMs now) const {
    const UtcMs age = std::max<UtcMs>(0, now - asOf);
    if (age < kMinuteMs) return tr("just now");
    if (age < kHourMs) return tr("%n min ago", nullptr, static_cast<int>(age / kMinuteMs));
    if (age < 2 * kDayMs) return tr("%n h ago", nullptr, static_cast<int>(age / kHourMs));
    return tr("%n day(s) ago", nullptr, static_cast<int>(age / kDayMs));
}

QString Words::duration(int minutes) const {
    return minutes % 60 == 0 ? tr("%n hour(s)", nullptr, minutes / 60) : tr("%n minute(s)", nullptr, minutes);
}

QString Words::distance(double km) const {
    // Two figures are all that a straight line between two stores can promise.
    if (km < 1) return tr("%1 m").arg(locale_.toString(std::round(km * 20) * 50, 'f', 0));
    return tr("%1 km").arg(locale_.toString(km, 'f', km < 10 ? 1 : 0));
}

QString Words::clock(int minute) const {
    return locale_.toString(QTime(minute / 60 % 24, minute % 60), QLocale::ShortFormat);
}

QString Words::opening(const StoreRecord& store, UtcMs now) const {
    if (!areHoursKnown(store.hours)) return {};
    const LocalMoment moment = localMoment(store.timeZone, now);
    const OpenState state = openState(store.hours, moment.date, moment.minute);
    if (state.open)
        return state.closesAtMinute ? tr("Open until %1").arg(clock(*state.closesAtMinute)) : tr("Open");
    if (!state.opensAtMinute) return tr("Closed");
    const QString at = clock(*state.opensAtMinute);
    if (state.opensInDays == 0) return tr("Opens at %1").arg(at);
    if (state.opensInDays == 1) return tr("Opens tomorrow at %1").arg(at);
    const int weekday = (moment.weekday - 1 + state.opensInDays) % 7 + 1;
    return tr("Opens %1 %2", "a weekday, a time").arg(locale_.dayName(weekday, QLocale::ShortFormat), at);
}

QString Words::rating(double average) const {
    return locale_.toString(average, 'f', 1);
}

QString Words::number(qint64 value) const {
    return locale_.toString(value);
}

QString Words::date(const std::string& isoDate) const {
    const QString text = QString::fromStdString(isoDate);
    const QDate date = QDate::fromString(text, Qt::ISODate);
    static const QRegularExpression weekday(QStringLiteral("dddd[^dMy]*"));
    return date.isValid()
               ? locale_.toString(date, locale_.dateFormat(QLocale::LongFormat).remove(weekday).trimmed())
               : text;
}

QString Words::moment(UtcMs ms, const std::string& timeZone, UtcMs now) const {
    const LocalMoment there = localMoment(timeZone, ms);
    const QDate date = QDate::fromString(QString::fromStdString(there.date), Qt::ISODate);
    const QDate today =
        QDate::fromString(QString::fromStdString(localMoment(timeZone, now).date), Qt::ISODate);
    const QString at = clock(there.minute);
    if (date == today) return tr("today at %1").arg(at);
    if (date == today.addDays(1)) return tr("tomorrow at %1").arg(at);
    return tr("%1 at %2", "a day, a time").arg(locale_.toString(date, tr("ddd d MMM", "a day")), at);
}

} // namespace silta::kiosk
