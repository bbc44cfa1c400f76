#include "view/wifi_view.h"

#include "view/words.h"

namespace silta::kiosk {

WifiView::WifiView(const Desk& desk, QObject* parent) : QObject(parent), desk_(desk) {}

QString WifiView::duration() const {
    return pass_.minutes > 0 ? Words(language_).duration(pass_.minutes) : QString();
}

bool WifiView::isPassGood(std::int64_t forMs) const {
    return pass_.minutes > 0 && desk_.clock.steadyMs() + forMs < passEndsMs_;
}

void WifiView::show(State state) {
    state_ = state;
    emit changed();
}

void WifiView::open(const SharedList& list) {
    isShown_ = true;
    retryMs_ = 0;
    list_ = list;
    if (list_.id != passList_.id) pass_ = {};
    if (!isPassGood(kPassRenewedMs)) show(State::Asking);
    ask();
}

void WifiView::another() {
    wantsAnother_ = true;
    show(State::Asking);
    ask();
}

void WifiView::ask() {
    if (isAsking_) return;
    isAsking_ = true;
    desk_.edge.wifi(this, [this, session = session_](Result<GuestWifi> wifi) {
        if (session != session_) return;
        isAsking_ = false;
        if (!isShown_) return;
        retryMs_ = desk_.clock.steadyMs() + kPassRetryMs;
        if (!wifi) return showPass();
        wifi_ = std::move(*wifi);
        if (wifi_.state == GuestWifi::State::None) return show(State::None);
        if (wifi_.state == GuestWifi::State::Closed) return show(State::Closed);
        if (isPassGood(kPassRenewedMs) && !wantsAnother_) return show(State::Ready);
        askPass();
    });
}

// What is there is shown as long as it can be used, whatever has become of a better one.
void WifiView::showPass() {
    wantsAnother_ = false;
    show(isPassGood(0) ? State::Ready : State::Failed);
}

void WifiView::askPass() {
    isAsking_ = true;
    // Whose the other phone is nobody knows: this shopper's list is not for it.
    const auto list = wantsAnother_ ? SharedList{} : list_;
    desk_.edge.voucher(this, list, [this, session = session_, list](Result<WifiVoucher> pass) {
        if (session != session_) return;
        isAsking_ = false;
        retryMs_ = desk_.clock.steadyMs() + kPassRetryMs;
        if (pass) {
            // From here on by the clock that nobody sets.
            passEndsMs_ = desk_.clock.steadyMs() + pass->expiresMs - desk_.clock.nowMs();
            pass_ = std::move(*pass);
            passList_ = list;
            if (!wantsAnother_ && passList_.id != list_.id)
                return askPass(); // there has come a list meanwhile
        }
        showPass();
    });
}

void WifiView::tick() {
    if (!isShown_ || isAsking_ || desk_.clock.steadyMs() < retryMs_) return;
    if (state_ == State::Ready && !isPassGood(0)) show(State::Failed);
    const bool isDue = state_ == State::Failed || state_ == State::Asking ||
                       (state_ == State::Ready && !isPassGood(kPassRenewedMs));
    if (isDue) ask();
}

void WifiView::setLanguage(const QString& language) {
    language_ = language;
    emit changed();
}

void WifiView::reset() {
    ++session_;
    isShown_ = isAsking_ = wantsAnother_ = false;
    wifi_ = {};
    pass_ = {};
    list_ = passList_ = {};
    passEndsMs_ = retryMs_ = 0;
    show(State::Asking);
}

} // namespace silta::kiosk
