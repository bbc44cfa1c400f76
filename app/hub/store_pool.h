// The stores that a hub's request handlers take turns with: one on SQLite, several connections on PostgreSQL.
#pragma once

#include "hub/operation_store.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace silta::hub {

/// Thread: any.
class StorePool {
public:
    using Open = std::function<Result<std::unique_ptr<OperationStore>>()>;
    /// Opens stores when they are needed, `count` at most.
    StorePool(Open open, int count) : open_(std::move(open)), free_(static_cast<std::size_t>(count)) {}
    /// One store that somebody else owns and keeps.
    explicit StorePool(OperationStore& store);

    /// A store of the caller's own, until this goes out of scope.
    class Loan {
    public:
        Loan(Loan&& other) noexcept
            : pool_(std::exchange(other.pool_, nullptr)), store_(std::move(other.store_)) {}
        Loan& operator=(Loan&&) = delete;
        ~Loan();
        OperationStore* operator->() const { return store_.get(); }
        OperationStore& operator*() const { return *store_; }
        /// Its connection is of no use any more; the next one to need it opens another. A store that somebody
        /// else keeps stays.
        void discard() {
            if (pool_->open_) store_.reset();
        }

    private:
        friend class StorePool;
        Loan(StorePool& pool, std::shared_ptr<OperationStore> store)
            : pool_(&pool), store_(std::move(store)) {}
        StorePool* pool_; ///< null when moved from
        std::shared_ptr<OperationStore> store_;
    };
    /// Waits for a free one. Errors: those of opening.
    Result<Loan> take();

private:
    void giveBack(std::shared_ptr<OperationStore> store);

    Open open_;
    std::mutex mutex_;
    std::condition_variable isFree_;
    std::vector<std::shared_ptr<OperationStore>> free_; ///< null = to be opened
};

} // namespace silta::hub
