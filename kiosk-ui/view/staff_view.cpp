#include "view/staff_view.h"

#include <QCoreApplication>
#include <algorithm>

namespace silta::kiosk {

namespace {

constexpr qsizetype kBytesShownMax = 240; // some lines; a QR code may hold thousands
constexpr UtcMs kSyncOldMs = 30 * 60'000; // half an hour without the hub is worth a look
constexpr UtcMs kOutboxOldMs = 60 * 60'000;
constexpr qsizetype kCardDigitsShown = 4;

/// Every byte that does not print as what it is: a technician looks for just these.
QString withControls(const std::string& bytes) {
    QString text;
    for (const QChar c : QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()))) {
        if (text.size() >= kBytesShownMax) return text + QStringLiteral("…");
        if (c == QChar(0x1d))
            text += QStringLiteral("‹FNC1›");
        else if (c.isPrint())
            text += c;
        else
            text += QStringLiteral("‹%1›").arg(static_cast<int>(c.unicode()), 2, 16, QLatin1Char('0'));
    }
    return text;
}

} // namespace

QString wordsFor(const Meaning& meaning) {
    const auto text = [](const std::string& bytes) { return QString::fromStdString(bytes); };
    switch (meaning.kind) {
    case MeaningKind::Product:
    case MeaningKind::DigitalLink:
        return meaning.gtin ? Words::tr("A product: %1").arg(text(meaning.gtin->shortForm()))
                            : Words::tr("A product");
    case MeaningKind::Member:
        return Words::tr("Card ending in %1").arg(text(meaning.memberNumber).right(kCardDigitsShown));
    case MeaningKind::Enrolment:
        return Words::tr("A code that enrols a device");
    case MeaningKind::Wishlist:
        return Words::tr("A wishlist");
    case MeaningKind::Receipt:
        return Words::tr("A receipt: %1").arg(text(meaning.receiptNumber));
    case MeaningKind::Order:
        return Words::tr("An order: %1").arg(text(meaning.orderNumber));
    case MeaningKind::Token:
        return Words::tr("A coupon or a gift card");
    case MeaningKind::Unknown:
        break;
    }
    return Words::tr("Nothing of ours: %1").arg(text(meaning.reason));
}

// ---- signing in

void StaffView::signIn(const QString& badge, const QString& pin) {
    if (state_ != SignedOut || badge.trimmed().isEmpty() || pin.isEmpty()) return;
    state_ = Checking;
    badge_ = badge.trimmed();
    problem_.clear();
    emit changed();
    const quint64 ticket = ++ticket_;
    desk_.edge.signInStaff(
        this, badge_.toStdString(), pin.toStdString(), [this, ticket](const Result<StaffAnswer>& answer) {
            if (ticket != ticket_) {
                // The corner was left meanwhile: nobody is signed in who does not see it.
                if (answer && answer->outcome == StaffAnswer::Outcome::Welcome)
                    desk_.edge.noteStaff(this, answer->id, "idle");
                return;
            }
            state_ = SignedOut;
            if (!answer) {
                problem_ = answer.error().code == Errc::Limit ? Words::tr("Too many tries. Wait a minute.")
                           : answer.error().code == Errc::Invalid
                               ? Words::tr("A badge is scanned or typed; a PIN has four to twelve digits.")
                               : Words::tr("The store's device does not answer. Try again in a moment.");
            } else if (answer->outcome == StaffAnswer::Outcome::Locked) {
                problem_ = Words::tr("Locked for %n second(s)", nullptr, static_cast<int>(answer->seconds));
            } else if (answer->outcome == StaffAnswer::Outcome::Wrong) {
                problem_ = Words::tr("Badge or PIN is wrong. %n more tries.", nullptr,
                                     static_cast<int>(answer->triesLeft));
            } else {
                state_ = SignedIn;
                staffId_ = answer->id;
                name_ = QString::fromStdString(answer->name);
                badge_.clear();
                refresh();
            }
            emit changed();
        });
}

void StaffView::signOut() {
    close("sign-out");
}

void StaffView::close(const std::string& action) {
    ++ticket_;
    if (state_ == SignedIn) desk_.edge.noteStaff(this, staffId_, action);
    state_ = SignedOut;
    staffId_.clear();
    problem_.clear();
    badge_.clear();
    name_.clear();
    summary_.clear();
    scannedText_.clear();
    scannedCarrier_.clear();
    scannedMeaning_.clear();
    scanCount_ = 0;
    known_.reset();
    stale_ = false;
    health_.setRows({});
    emit changed();
    emit scanned();
}

void StaffView::take(const ScannedCode& code, const Meaning& meaning) {
    if (state_ == SignedIn) {
        ++scanCount_;
        const bool isSecret = meaning.kind == MeaningKind::Member || meaning.kind == MeaningKind::Token;
        scannedText_ = isSecret ? Words::tr("(not shown: it is worth money or names a person)")
                                : withControls(code.bytes);
        scannedCarrier_ = QString::fromLatin1(toString(code.symbology));
        if (!code.aimId.empty()) scannedCarrier_ += QLatin1Char(' ') + QString::fromStdString(code.aimId);
        scannedCarrier_ += QStringLiteral(" · ") + QString::fromStdString(code.source);
        scannedMeaning_ = wordsFor(meaning);
        return emit scanned();
    }
    if (state_ != SignedOut) return;
    badge_ = QString::fromStdString(code.bytes).left(kBytesShownMax);
    emit changed();
}

// ---- how the device is

void StaffView::setLanguage(const QString& language) {
    language_ = language;
    show();
}

void StaffView::setScanner(const QString& name, bool isThere) {
    auto known = std::find_if(scanners_.begin(), scanners_.end(),
                              [&name](const ScannerState& each) { return each.name == name; });
    if (known == scanners_.end()) {
        scanners_.push_back({name, isThere, isThere, 0});
    } else {
        known->changedMs = desk_.clock.nowMs();
        known->isThere = isThere;
        known->wasThere = known->wasThere || isThere;
    }
    show();
}

HealthRow StaffView::rowOf(const ScannerState& scanner, const Words& words, UtcMs now) const {
    // A camera and a keyboard are called so; of a serial line its path tells which one it is.
    const auto kind = scanner.name.section(QLatin1Char(':'), 0, 0);
    const auto what = kind == QLatin1String("camera") ? Words::tr("Camera")
                      : kind == QLatin1String("keyboard")
                          ? Words::tr("Scanner that types")
                          : Words::tr("Scanner %1", "a path").arg(scanner.name);
    const auto age = words.age(scanner.changedMs, now);
    if (!scanner.isThere)
        return {what,
                scanner.wasThere ? Words::tr("gone, noticed %1", "an age").arg(age) : Words::tr("not found"),
                QStringLiteral("bad")};
    return {what, scanner.changedMs > 0 ? Words::tr("back, %1", "an age").arg(age) : Words::tr("works"),
            QStringLiteral("good")};
}

void StaffView::refresh() {
    if (state_ != SignedIn || isDue_) return;
    isDue_ = true;
    desk_.edge.health(this, [this, ticket = ticket_](Result<DeviceHealth> health) {
        isDue_ = false;
        if (ticket != ticket_ || state_ != SignedIn) return;
        stale_ = !health;
        if (health) known_ = std::move(*health);
        show();
    });
}

void StaffView::show() {
    if (!known_) return emit changed();
    const Words words(language_);
    const UtcMs now = desk_.clock.nowMs();
    const auto version = QCoreApplication::applicationVersion();
    const auto& health = *known_;
    const auto text = [](const std::string& bytes) { return QString::fromStdString(bytes); };
    std::vector<HealthRow> rows;
    rows.push_back({Words::tr("Connection to headquarters"),
                    health.isHubReachable ? Words::tr("Connected") : Words::tr("Not connected"),
                    health.isHubReachable ? QStringLiteral("good") : QStringLiteral("bad")});
    if (!health.isHubReachable && !health.hubError.empty())
        rows.push_back({Words::tr("Why not"), text(health.hubError), {}});
    const bool isSyncOld = health.lastSyncMs == 0 || now - health.lastSyncMs > kSyncOldMs;
    rows.push_back({Words::tr("Last talked to headquarters"),
                    health.lastSyncMs > 0 ? words.age(health.lastSyncMs, now) : Words::tr("never"),
                    isSyncOld ? QStringLiteral("few") : QStringLiteral("good")});
    const bool isOutboxOld =
        health.pending > 0 && health.oldestMs > 0 && now - health.oldestMs > kOutboxOldMs;
    rows.push_back({Words::tr("Waiting to be sent"),
                    health.pending > 0 && health.oldestMs > 0
                        ? Words::tr("%1, the oldest %2", "a number, an age")
                              .arg(words.number(health.pending), words.age(health.oldestMs, now))
                        : words.number(health.pending),
                    isOutboxOld ? QStringLiteral("few") : QStringLiteral("good")});
    if (health.quarantined > 0)
        rows.push_back({Words::tr("Held back by headquarters"), words.number(health.quarantined),
                        QStringLiteral("bad")});
    rows.push_back({Words::tr("Catalogue"),
                    Words::tr("%1 products, stock as of %2", "a number, an age")
                        .arg(words.number(info_.products),
                             info_.stockAsOf > 0 ? words.age(info_.stockAsOf, now) : Words::tr("never")),
                    {}});
    for (const auto& scanner : scanners_)
        rows.push_back(rowOf(scanner, words, now));
    rows.push_back({Words::tr("Clock"),
                    health.isClockSynced ? Words::tr("set by the network") : Words::tr("estimated"),
                    health.isClockSynced ? QStringLiteral("good") : QStringLiteral("few")});
    rows.push_back({Words::tr("Records on this device"),
                    health.isJournalDamaged ? Words::tr("were damaged and mended") : Words::tr("sound"),
                    health.isJournalDamaged ? QStringLiteral("bad") : QStringLiteral("good")});
    rows.push_back({Words::tr("Store"),
                    health.isEnrolled
                        ? QStringLiteral("%1 (%2)").arg(text(health.storeName), text(health.storeCode))
                        : Words::tr("not enrolled"),
                    {}});
    rows.push_back({Words::tr("Device"), text(health.deviceId), {}});
    rows.push_back({Words::tr("Version"), version, {}});
    health_.setRows(std::move(rows));
    summary_ = text(summaryOf(health, version.toStdString(), now));
    emit changed();
}

void HealthModel::setRows(std::vector<HealthRow> rows) {
    if (rows.size() != rows_.size()) return replace(rows_, std::move(rows));
    rows_ = std::move(rows);
    if (!rows_.empty()) emit dataChanged(index(0), index(rowCount() - 1));
}

QVariant HealthModel::data(const QModelIndex& index, int role) const {
    const HealthRow* row = rowAt(rows_, index);
    if (row == nullptr) return {};
    switch (role) {
    case Label:
        return row->label;
    case Value:
        return row->value;
    case Kind:
        return row->kind;
    default:
        return {};
    }
}

QHash<int, QByteArray> HealthModel::roleNames() const {
    return {{Label, "label"}, {Value, "value"}, {Kind, "kind"}};
}

} // namespace silta::kiosk
