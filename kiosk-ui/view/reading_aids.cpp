#include "view/reading_aids.h"

namespace silta::kiosk {

void ReadingAids::setTextScale(qreal scale) {
    if (!scales().contains(scale)) return;
    textScale_ = scale;
    emit changed();
}

void ReadingAids::setHighContrast(bool on) {
    highContrast_ = on;
    emit changed();
}

void ReadingAids::setLessMotion(bool on) {
    lessMotion_ = on;
    emit changed();
}

void ReadingAids::reset() {
    textScale_ = 1;
    highContrast_ = lessMotion_ = false;
    emit changed();
}

} // namespace silta::kiosk
