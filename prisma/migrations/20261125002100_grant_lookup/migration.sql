-- A decision looks for one person's grant of one product: every decision that is not kept asks for it.
CREATE INDEX "grant_productId_subjectId_revokedAt_idx" ON "grant"("productId", "subjectId", "revokedAt");
DROP INDEX "grant_productId_revokedAt_idx";
