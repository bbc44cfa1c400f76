// StaffView: the corner of staff and technicians, behind badge and PIN.
#pragma once

#include "view/desk.h"
#include "view/models.h"
#include "view/staff_reply.h"

#include <silta/scan.h>

#include <QObject>

namespace silta::kiosk {

struct HealthRow {
    QString label, value;
    QString kind; ///< "good", "few" (look at it), "bad", or empty
};

class HealthModel : public silta::kiosk::RowModel { // the full name: qmllint looks it up as written
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")

public:
    enum Role { Label = Qt::UserRole, Value, Kind };
    using RowModel::RowModel;
    void setRows(std::vector<HealthRow> rows);
    [[nodiscard]] const std::vector<HealthRow>& rows() const { return rows_; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return countOf(rows_, parent);
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<HealthRow> rows_;
};

/// What is read of the device that only staff see. Thread: GUI.
class StaffView : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")
    Q_PROPERTY(State state READ state NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(QString badge READ badge NOTIFY changed)
    Q_PROPERTY(QString name READ name NOTIFY changed)
    /// Nobody has answered yet how the device is.
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    /// The device's own service did not answer the last time; what is shown is older.
    Q_PROPERTY(bool stale READ stale NOTIFY changed)
    Q_PROPERTY(silta::kiosk::HealthModel* health READ health CONSTANT)
    /// For a telephone's camera; empty while nothing is known.
    Q_PROPERTY(QString summary READ summary NOTIFY changed)
    Q_PROPERTY(QString scannedText READ scannedText NOTIFY scanned)
    Q_PROPERTY(QString scannedCarrier READ scannedCarrier NOTIFY scanned)
    Q_PROPERTY(QString scannedMeaning READ scannedMeaning NOTIFY scanned)
    Q_PROPERTY(int scanCount READ scanCount NOTIFY scanned)

public:
    enum State { SignedOut, Checking, SignedIn };
    Q_ENUM(State)

    explicit StaffView(const Desk& desk, QObject* parent = nullptr) : QObject(parent), desk_(desk) {}

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] QString problem() const { return problem_; }
    [[nodiscard]] QString badge() const { return badge_; }
    [[nodiscard]] QString name() const { return name_; }
    [[nodiscard]] bool loading() const { return state_ == SignedIn && health_.count() == 0 && !stale_; }
    [[nodiscard]] bool stale() const { return stale_; }
    HealthModel* health() { return &health_; }
    [[nodiscard]] QString summary() const { return summary_; }
    [[nodiscard]] QString scannedText() const { return scannedText_; }
    [[nodiscard]] QString scannedCarrier() const { return scannedCarrier_; }
    [[nodiscard]] QString scannedMeaning() const { return scannedMeaning_; }
    [[nodiscard]] int scanCount() const { return scanCount_; }

    Q_INVOKABLE void signIn(const QString& badge, const QString& pin);
    Q_INVOKABLE void signOut();

    void setLanguage(const QString& language);
    void setInfo(const CatalogInfo& info) { info_ = info; }
    /// A scanner works, or does not; told at the start and whenever that changes. `name`: Scanner::name().
    void setScanner(const QString& name, bool isThere);
    /// A code while the corner is open: a badge before anybody has signed in, what to tell of it afterwards.
    void take(const ScannedCode& code, const Meaning& meaning);
    /// Asks how the device is, when somebody is signed in and no answer is due.
    void refresh();
    /// Forgets who was here. `action`: "sign-out", or "idle" by the clock; what edge writes down.
    void close(const std::string& action);

signals:
    void changed();
    void scanned();

private:
    /// Of a scanner: since when it is as it is.
    struct ScannerState {
        QString name;
        bool isThere = false;
        bool wasThere = false; ///< at some time before
        UtcMs changedMs = 0;   ///< 0: never since the start
    };

    void show();
    [[nodiscard]] HealthRow rowOf(const ScannerState& scanner, const Words& words, UtcMs now) const;

    Desk desk_;
    QString language_;
    State state_ = SignedOut;
    QString problem_, badge_, name_, summary_;
    std::string staffId_;
    CatalogInfo info_;
    std::optional<DeviceHealth> known_;
    bool stale_ = false, isDue_ = false;
    quint64 ticket_ = 0;
    HealthModel health_;
    std::vector<ScannerState> scanners_;
    QString scannedText_, scannedCarrier_, scannedMeaning_;
    int scanCount_ = 0;
};

/// What a scanned code means, in the language of the moment, with a member's number cut.
QString wordsFor(const Meaning& meaning);

} // namespace silta::kiosk
