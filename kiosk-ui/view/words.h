// Words: figures as people read them, in the language of the moment.
#pragma once

#include <silta/catalog.h>

#include <QCoreApplication>
#include <QLocale>
#include <QString>
#include <optional>

namespace silta::kiosk {

/// A moment in a store: the form in which openState() takes it.
struct LocalMoment {
    std::string date; ///< YYYY-MM-DD
    int minute = 0;   ///< 0..1439
    int weekday = 1;  ///< 1 = Monday, as QLocale counts
};

/// Units: money in minor units, ages in milliseconds, distances in kilometres. A value; cheap to copy.
class Words {
    Q_DECLARE_TR_FUNCTIONS(Words)

public:
    explicit Words(const QString& language);

    /// "12,95 €" as the language writes it.
    [[nodiscard]] QString money(const Money& money) const;
    /// The same without a fraction where there is none: "€20".
    [[nodiscard]] QString roundMoney(const Money& money) const;
    /// "€12.95/kg" of what costs `price` for "500 g"; empty for a measure that is none. Source: Google
    /// Merchant Center, unit_pricing_measure; Directive 98/6/EC, article 2 (kilogram, litre, metre, square
    /// metre).
    [[nodiscard]] QString unitPrice(const Money& price, const std::string& measure) const;
    /// "In stock", "Last few", "Out of stock"; empty when not known.
    [[nodiscard]] QString availability(Availability availability) const;
    /// "just now", "5 min ago", "2 h ago", "3 days ago".
    [[nodiscard]] QString age(UtcMs asOf, UtcMs now) const;
    /// "45 minutes", "2 hours"; of hours that are not whole, the minutes.
    [[nodiscard]] QString duration(int minutes) const;
    /// "850 m", "2.4 km", "120 km".
    [[nodiscard]] QString distance(double km) const;
    /// "Open until 21:00", "Opens Mon 10:00", "Closed"; empty where the hours are not known.
    [[nodiscard]] QString opening(const StoreRecord& store, UtcMs now) const;
    /// "4.6".
    [[nodiscard]] QString rating(double average) const;
    [[nodiscard]] QString number(qint64 value) const;
    /// "12 March 2026" from YYYY-MM-DD; the text itself when it is no date.
    [[nodiscard]] QString date(const std::string& isoDate) const;
    /// "today at 14:30", "tomorrow at 10:00", "Tue 24 Nov at 10:00", by the clock of an IANA zone.
    [[nodiscard]] QString moment(UtcMs ms, const std::string& timeZone, UtcMs now) const;
    /// "9:00" or "09.00" from a minute of the day.
    [[nodiscard]] QString clock(int minute) const;
    [[nodiscard]] const QLocale& locale() const { return locale_; }

private:
    QLocale locale_;
};

/// `now` on the wall clock of an IANA zone; of UTC when the zone is not known.
LocalMoment localMoment(const std::string& timeZone, UtcMs now);

/// The locale that stands for a language code of kLanguages; English for any other.
QLocale localeOf(const QString& language);

} // namespace silta::kiosk
