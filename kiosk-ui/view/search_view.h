// SearchView: search as you type, browsing, and narrowing what came of it.
#pragma once

#include "view/choice_model.h"
#include "view/desk.h"
#include "view/models.h"

#include <silta/browse.h>

#include <QObject>
#include <atomic>
#include <memory>

namespace silta::kiosk {

/// Four screens of a grid; more are shown when asked for, up to kSearchLimitMax.
inline constexpr int kResultsMax = 60;

/// Thread: GUI. A question that a newer one has overtaken is not asked, and its answer is dropped.
class SearchView : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")
    Q_PROPERTY(silta::kiosk::ProductListModel* results READ results CONSTANT)
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(Stock stock READ stock NOTIFY changed)
    Q_PROPERTY(Order order READ order NOTIFY changed)
    Q_PROPERTY(QString department READ department NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    /// The catalogue could not be read; shown instead of results.
    Q_PROPERTY(bool failed READ failed NOTIFY changed)
    /// Something was asked: the page shows results, or that there are none.
    Q_PROPERTY(bool asked READ asked NOTIFY changed)
    Q_PROPERTY(QString summary READ summary NOTIFY changed)
    Q_PROPERTY(int total READ total NOTIFY changed)
    Q_PROPERTY(bool hasMore READ hasMore NOTIFY changed)
    /// What there is wherever the stock is, here, and whether any other store is near.
    Q_PROPERTY(QString countAnywhere READ countAnywhere NOTIFY changed)
    Q_PROPERTY(QString countHere READ countHere NOTIFY changed)
    Q_PROPERTY(int cardsAnywhere READ cardsAnywhere NOTIFY changed)
    Q_PROPERTY(bool hasNearby READ hasNearby NOTIFY changed)
    Q_PROPERTY(silta::kiosk::ChoiceModel* departments READ departments CONSTANT)
    Q_PROPERTY(silta::kiosk::ChoiceModel* brands READ brands CONSTANT)
    Q_PROPERTY(silta::kiosk::ChoiceModel* colors READ colors CONSTANT)
    Q_PROPERTY(silta::kiosk::ChoiceModel* sizes READ sizes CONSTANT)
    Q_PROPERTY(silta::kiosk::ChoiceModel* prices READ prices CONSTANT)
    Q_PROPERTY(silta::kiosk::ChoiceModel* stars READ stars CONSTANT)
    /// All that is chosen, each with its own words; the keys are for drop().
    Q_PROPERTY(silta::kiosk::ChoiceModel* chosen READ chosen CONSTANT)

public:
    enum Stock { Anywhere, Here, Nearby };
    Q_ENUM(Stock)
    enum Order { BestMatch, PriceUp, PriceDown, Rating };
    Q_ENUM(Order)
    enum Facet { Brand, Color, Size, Price, Stars };
    Q_ENUM(Facet)

    explicit SearchView(const Desk& desk, QObject* parent = nullptr);

    ProductListModel* results() { return &results_; }
    [[nodiscard]] QString text() const { return text_; }
    [[nodiscard]] Stock stock() const { return static_cast<Stock>(query_.stock); }
    [[nodiscard]] Order order() const { return static_cast<Order>(query_.order); }
    [[nodiscard]] QString department() const { return department_; }
    [[nodiscard]] bool busy() const { return busy_; }
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] bool asked() const {
        return query_.department != 0 || !text_.trimmed().isEmpty() || query_.stock != BrowseStock::Anywhere;
    }
    [[nodiscard]] QString summary() const { return summary_; }
    [[nodiscard]] int total() const { return total_; }
    [[nodiscard]] bool hasMore() const;
    [[nodiscard]] QString countAnywhere() const { return countAnywhere_; }
    [[nodiscard]] QString countHere() const { return countHere_; }
    [[nodiscard]] int cardsAnywhere() const { return cardsAnywhere_; }
    [[nodiscard]] bool hasNearby() const { return hasNearby_; }
    ChoiceModel* departments() { return &departments_; }
    ChoiceModel* brands() { return &brands_; }
    ChoiceModel* colors() { return &colors_; }
    ChoiceModel* sizes() { return &sizes_; }
    ChoiceModel* prices() { return &prices_; }
    ChoiceModel* stars() { return &stars_; }
    ChoiceModel* chosen() { return &chosen_; }

    Q_INVOKABLE void setText(const QString& text);
    Q_INVOKABLE void setStock(silta::kiosk::SearchView::Stock stock);
    Q_INVOKABLE void setOrder(silta::kiosk::SearchView::Order order);
    /// 0 searches the whole store again.
    Q_INVOKABLE void setDepartment(qint64 id, const QString& title);
    /// `key` as a facet's model has it. Of prices and stars one is chosen at a time.
    Q_INVOKABLE void toggle(silta::kiosk::SearchView::Facet facet, const QString& key);
    /// `key` as the model `chosen` has it.
    Q_INVOKABLE void drop(const QString& key);
    Q_INVOKABLE void clearChoices();
    Q_INVOKABLE void showMore();

    void setLanguage(const QString& language);
    /// Asks again, e.g. after new stock figures.
    Q_INVOKABLE void reload();
    void reset();

signals:
    void changed();

private:
    void ask();
    void askFirst(quint64 ticket);
    void askAll(quint64 ticket);
    void narrowed();
    void beginScope();
    void take(const BrowsePage& page);
    void takeFacets(const BrowsePage& page, const Words& words);
    void takeChosen(const Words& words);
    void show(const std::vector<ProductCard>& cards);
    [[nodiscard]] std::string typed() const;
    [[nodiscard]] bool isNarrowed() const;

    Desk desk_;
    QString language_, text_, department_, summary_, countAnywhere_, countHere_;
    BrowseQuery query_; ///< what is chosen; text, language and time are put in when it is asked
    int total_ = 0, cardsAnywhere_ = 0;
    bool busy_ = false, failed_ = false, hasNearby_ = false;
    bool isNewScope_ = true; ///< of another text or department: facets begin anew
    std::optional<Currency> currency_;
    ProductListModel results_;
    ChoiceModel departments_, brands_, colors_, sizes_, prices_, stars_, chosen_;
    /// Shared with jobs in flight, which may run after a newer question was put.
    std::shared_ptr<std::atomic<quint64>> latest_ = std::make_shared<std::atomic<quint64>>(0);
};

} // namespace silta::kiosk
