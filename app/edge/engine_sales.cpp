// Sales: see SaleBook.
#include "edge/engine.h"
#include "edge/sale_book.h"

namespace silta {

Result<bool> Engine::withSales(const SaleWork& work) {
    if (auto desk = tillDesk(); !desk) return desk.error(); // there is nobody to seal to yet
    Result<bool> isNew = false;
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open.error();
        SaleBook book(*journal_, clock_.nowMs());
        isNew = work(book);
    }
    if (isNew && *isNew) wake();
    return isNew;
}

} // namespace silta
