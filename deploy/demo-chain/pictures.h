// Product pictures, drawn from the SVG templates in art/.
#pragma once

#include "chain.h"

#include <silta/result.h>

#include <QStringList>

namespace silta::demo {

struct PictureCount {
    int drawn = 0;
    int kept = 0; ///< were there already, from the same drawing
};

/// Draws `<folder>/<item.picture>` for every design and colour, or for those whose file names are in `only`
/// where that is not empty; what a former run drew from the same template is kept. Needs a QGuiApplication.
/// Errors: NotFound (a template), Invalid (its SVG), Io.
Result<PictureCount> drawPictures(const Assortment& assortment, const QString& folder,
                                  const QStringList& only);

/// The SVG text of one picture. Errors: NotFound (the template), Invalid (a placeholder that nothing fills).
Result<QString> pictureSvg(const Model& model, const Color& color);

} // namespace silta::demo
