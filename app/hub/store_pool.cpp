#include "hub/store_pool.h"

namespace silta::hub {

StorePool::StorePool(OperationStore& store) {
    free_.emplace_back(&store, [](OperationStore*) {});
}

StorePool::Loan::~Loan() {
    if (pool_) pool_->giveBack(std::move(store_));
}

Result<StorePool::Loan> StorePool::take() {
    std::shared_ptr<OperationStore> store;
    {
        std::unique_lock lock(mutex_);
        isFree_.wait(lock, [this] { return !free_.empty(); });
        store = std::move(free_.back());
        free_.pop_back();
    }
    if (!store) {
        auto opened = open_();
        if (!opened) {
            giveBack(nullptr);
            return opened.error();
        }
        store = std::move(*opened);
    }
    return Loan(*this, std::move(store));
}

void StorePool::giveBack(std::shared_ptr<OperationStore> store) {
    {
        const std::lock_guard lock(mutex_);
        free_.push_back(std::move(store));
    }
    isFree_.notify_one();
}

} // namespace silta::hub
