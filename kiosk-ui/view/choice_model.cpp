#include "view/choice_model.h"

#include <algorithm>
#include <array>

namespace silta::kiosk {

void ChoiceModel::setRows(std::vector<ChoiceRow> rows, bool keep) {
    if (!keep) return replace(rows_, std::move(rows));
    std::vector<ChoiceRow> merged = rows_;
    for (ChoiceRow& row : merged) {
        const auto fresh = std::find_if(rows.begin(), rows.end(),
                                        [&](const ChoiceRow& other) { return other.key == row.key; });
        if (fresh != rows.end()) {
            row = *fresh;
            rows.erase(fresh);
        } else {
            row.count = QStringLiteral("0");
            row.cards = 0;
            row.chosen = false;
        }
    }
    const bool isLonger = !rows.empty();
    merged.insert(merged.end(), rows.begin(), rows.end());
    if (isLonger) return replace(rows_, std::move(merged));
    for (std::size_t i = 0; i < merged.size(); ++i) {
        if (merged[i] == rows_[i]) continue;
        rows_[i] = merged[i];
        const QModelIndex at = index(static_cast<int>(i));
        emit dataChanged(at, at);
    }
}

QVariant ChoiceModel::data(const QModelIndex& index, int role) const {
    const ChoiceRow* row = rowAt(rows_, index);
    if (row == nullptr) return {};
    switch (role) {
    case Key:
        return row->key;
    case Label:
        return row->label;
    case Count:
        return row->count;
    case Paint:
        return row->paint;
    case Cards:
        return row->cards;
    case Selected:
        return row->chosen;
    default:
        return {};
    }
}

QHash<int, QByteArray> ChoiceModel::roleNames() const {
    return {{Key, "key"},     {Label, "label"}, {Count, "count"},
            {Paint, "paint"}, {Cards, "cards"}, {Selected, "selected"}};
}

QString paintOf(const std::string& color) {
    struct Paint {
        const char* name;
        const char* value;
    };
    static constexpr std::array kPaints = {
        Paint{"black", "#1b1b1b"},   Paint{"white", "#ffffff"},     Paint{"grey", "#8d9094"},
        Paint{"gray", "#8d9094"},    Paint{"silver", "#c3c6ca"},    Paint{"blue", "#2f62b8"},
        Paint{"navy", "#1d2f55"},    Paint{"red", "#c8321f"},       Paint{"green", "#2f7d4b"},
        Paint{"yellow", "#f0c531"},  Paint{"orange", "#e58424"},    Paint{"pink", "#e79ab4"},
        Paint{"purple", "#74479c"},  Paint{"brown", "#75502f"},     Paint{"beige", "#e3d5b8"},
        Paint{"gold", "#c9a227"},    Paint{"turquoise", "#3aa6a6"}, Paint{"sand", "#dccaa4"},
        Paint{"cream", "#f5edd9"},   Paint{"graphite", "#44484d"},  Paint{"copper", "#b06b3f"},
        Paint{"natural", "#d9bd91"}, Paint{"steel", "#b4babf"},     Paint{"teal", "#1f7a78"},
    };
    const auto paint =
        std::find_if(kPaints.begin(), kPaints.end(), [&](const Paint& each) { return color == each.name; });
    return paint == kPaints.end() ? QString() : QString::fromLatin1(paint->value);
}

} // namespace silta::kiosk
