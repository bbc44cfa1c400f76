// The demo chain's assortment, composed from the checked-in tables.
#pragma once

#include <silta/catalog.h>
#include <silta/result.h>

#include <QDate>
#include <QHash>
#include <QString>
#include <QStringList>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace silta::demo {

/// One text in each of kLanguages, in that order.
using Texts = std::array<QString, kLanguages.size()>;

struct Color {
    QString key;
    QString hex;    ///< "#6b7f4e"
    QString accent; ///< a second colour that goes with it
    Texts name;
};

struct Department {
    QString key;   ///< "coffee" or "coffee/filter"
    QString aisle; ///< letter of the aisle, top level only
    QString voice; ///< which family of review phrases fits, top level only
    bool isFood = false;
    Texts name; ///< of this level alone
    Texts path; ///< "Coffee & tea > Filter coffee"
};

struct Size {
    QString label;
    double priceFactor = 1;
};

/// One design that is sold in one or more colours and sizes; becomes one item group.
struct Model {
    QString key;  ///< unique, e.g. "mug-utu"
    QString noun; ///< key of the row that it comes from, e.g. "mug"
    const Department* department = nullptr;
    const Department* topDepartment = nullptr;
    QString art;       ///< name of the picture's template
    QString artStyles; ///< letters of the template's styles that suit, or empty when it has one style
    QString series;    ///< may be empty
    QString brand;
    Texts title; ///< without colour and size
    Texts description;
    QString material;    ///< English, may be empty
    QString measure;     ///< English, e.g. "0.3 l"; may be empty
    QStringList details; ///< Google product_detail values
    int priceCents = 0;
    int offPercent = 0;    ///< 0 = no offer today
    int style = 0;         ///< position among the noun's models; picks one of `artStyles`
    double popularity = 0; ///< 0..1
    bool isBulky = false;
    bool namesColor = false;          ///< false: the colour only tints the picture
    std::vector<const Color*> colors; ///< at least one
    std::vector<Size> sizes;          ///< may be empty
};

struct Item {
    QString sku, gtin;
    const Model* model = nullptr;
    const Color* color = nullptr;
    QString size;
    int priceCents = 0, saleCents = 0; ///< saleCents 0 = no offer
    QString picture;                   ///< file name without folder
    double share = 1;                  ///< demand relative to the model's other variants
};

struct Assortment {
    std::vector<Color> colors;
    std::vector<Department> departments;
    std::vector<Model> models;
    std::vector<Item> items; ///< grouped by model
};

/// Reads and composes everything. The result refers into itself: move it, never copy it.
/// Errors: NotFound, Invalid (with table and key).
Result<Assortment> composeAssortment();

/// "0.75 l" and "6 pcs" as the language writes them.
QString localized(const QString& measure, std::size_t language);

/// A number that depends on nothing but the text; 0..1.
double chance(const QString& text);
/// The same, 0..count-1.
int pick(const QString& text, int count);

/// "12.95 EUR"
QString priceText(int cents);

/// Sale prices hold from some days before to some days after this day.
struct OfferPeriod {
    QDate from, to;
};
OfferPeriod offerPeriod(const Model& model, QDate today);

} // namespace silta::demo
