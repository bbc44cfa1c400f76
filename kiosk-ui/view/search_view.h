// SearchView: search as you type, and browsing a department.
#pragma once

#include "view/desk.h"
#include "view/models.h"

#include <QObject>
#include <atomic>
#include <memory>

namespace silta::kiosk {

/// Four screens of a grid; whoever wants more adds a word.
inline constexpr int kResultsMax = 60;

/// Thread: GUI. A question that a newer one has overtaken is not asked, and its answer is dropped.
class SearchView : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")
    Q_PROPERTY(silta::kiosk::ProductListModel* results READ results CONSTANT)
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(bool hereOnly READ hereOnly NOTIFY changed)
    Q_PROPERTY(QString department READ department NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    /// Something was asked: the page shows results, or that there are none.
    Q_PROPERTY(bool asked READ asked NOTIFY changed)
    Q_PROPERTY(QString summary READ summary NOTIFY changed)

public:
    explicit SearchView(const Desk& desk, QObject* parent = nullptr);

    ProductListModel* results() { return &results_; }
    [[nodiscard]] QString text() const { return text_; }
    [[nodiscard]] bool hereOnly() const { return hereOnly_; }
    [[nodiscard]] QString department() const { return department_; }
    [[nodiscard]] bool busy() const { return busy_; }
    [[nodiscard]] bool asked() const { return departmentId_ != 0 || !text_.trimmed().isEmpty(); }
    [[nodiscard]] QString summary() const { return summary_; }

    Q_INVOKABLE void setText(const QString& text);
    Q_INVOKABLE void setHereOnly(bool hereOnly);
    /// 0 searches the whole store again.
    Q_INVOKABLE void setDepartment(qint64 id, const QString& title);

    void setLanguage(const QString& language);
    /// Asks again, e.g. after new stock figures.
    void reload();
    void reset();

signals:
    void changed();

private:
    void ask();

    Desk desk_;
    QString language_, text_, department_, summary_;
    qint64 departmentId_ = 0;
    bool hereOnly_ = false, busy_ = false;
    ProductListModel results_;
    /// Shared with jobs in flight, which may run after a newer question was put.
    std::shared_ptr<std::atomic<quint64>> latest_ = std::make_shared<std::atomic<quint64>>(0);
};

} // namespace silta::kiosk
