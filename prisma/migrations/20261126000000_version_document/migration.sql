-- The outside document that a version of a contract was proposed from, kept whole.
CREATE TABLE "version_document" (
  "versionId" TEXT NOT NULL,
  "format" TEXT NOT NULL,
  "version" TEXT NOT NULL,
  "object" TEXT,
  "text" TEXT NOT NULL,
  CONSTRAINT "version_document_pkey" PRIMARY KEY ("versionId"),
  CONSTRAINT "version_document_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "contract_version"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
