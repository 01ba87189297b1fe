//! SQLite, kept off the threads that serve requests.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Transaction};

use crate::error::ServiceError;

/// A database, in a file or in memory. A clone is another handle to the same database.
#[derive(Clone, Debug)]
pub struct Database {
    connection: Arc<Mutex<Connection>>,
}

impl Database {
    /// Opens a file, or a database in memory, and creates the tables that are missing.
    ///
    /// # Errors
    ///
    /// The file cannot be opened, or is not a database.
    pub fn open(path: Option<&Path>) -> rusqlite::Result<Self> {
        let connection = match path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.execute_batch(include_str!("schema.sql"))?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)) })
    }

    /// Runs `work` in a transaction on a blocking thread: an error or a panic rolls back all of it.
    ///
    /// # Errors
    ///
    /// Fails with the errors of `work` and of the database.
    pub async fn transaction<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let database = self.clone();
        tokio::task::spawn_blocking(move || database.blocking_transaction(work)).await?
    }

    /// Like [`transaction`](Self::transaction), but blocks the current thread.
    ///
    /// # Errors
    ///
    /// Fails with the errors of `work` and of the database.
    pub fn blocking_transaction<T, E: From<rusqlite::Error>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        // A panic has rolled back its transaction, so the connection is still good.
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction()?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }
}
