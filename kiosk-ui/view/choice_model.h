// ChoiceModel: what one facet of a result can be narrowed to.
#pragma once

#include "view/models.h"

namespace silta::kiosk {

struct ChoiceRow {
    QString key, label;
    QString count; ///< cards, as read
    QString paint; ///< of a colour that has one: "#rrggbb"
    int cards = 0;
    bool chosen = false;
    bool operator==(const ChoiceRow&) const = default;
};

/// Thread: GUI.
class ChoiceModel : public silta::kiosk::RowModel { // the full name: qmllint looks it up as written
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")

public:
    enum Role { Key = Qt::UserRole, Label, Count, Paint, Cards, Selected };
    using RowModel::RowModel;
    /// `keep`: what is there stays where it is, so that nothing jumps from under a finger; what has no cards
    /// any more stays with none, and what is new comes last.
    void setRows(std::vector<ChoiceRow> rows, bool keep);
    [[nodiscard]] const std::vector<ChoiceRow>& rows() const { return rows_; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return countOf(rows_, parent);
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<ChoiceRow> rows_;
};

/// What stands for a colour of that name (English, folded) on a screen; empty for one that is not known.
QString paintOf(const std::string& color);

} // namespace silta::kiosk
