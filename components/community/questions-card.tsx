import { MessageCircleQuestion } from 'lucide-react';
import { Badge, StatusBadge, type StatusTone } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import type { AnswerRow, ProductQuestions, QuestionRow } from '@/lib/community';
import { AcceptButton, AnswerButton, AskForm, CloseButton } from './question-forms';
import { ReportButton } from './report-button';
import { SaidName, SaidText } from './said';

const STATES: Record<QuestionRow['state'], { label: string; tone: StatusTone }> = {
  open: { label: 'Open', tone: 'info' },
  answered: { label: 'Answered', tone: 'ok' },
  closed: { label: 'Closed', tone: 'neutral' },
};

interface QuestionsCardProps {
  productId: string;
  questions: ProductQuestions;
  path: string;
  query: Query;
}

export function QuestionsCard({ productId, questions, path, query }: QuestionsCardProps) {
  const { items, nextPage, mayAnswer, mayRepresent } = questions;
  return (
    <Card title="Questions" description="Answered by the owner, and by consumers who know it.">
      <AskForm productId={productId} />
      {items.length === 0 ? (
        <EmptyState
          icon={<MessageCircleQuestion />}
          title="Nobody has asked yet"
          description="What does a column mean, when is it loaded, what may it be used for? Ask above."
        />
      ) : (
        <ul className="mt-5 divide-y border-t">
          {items.map((row) => (
            <Question key={row.id} row={row} mayAnswer={mayAnswer} mayRepresent={mayRepresent} />
          ))}
        </ul>
      )}
      <Pagination
        label="Pages of questions"
        firstHref={query.questions ? hrefWith(path, query, { questions: null }) : null}
        nextHref={nextPage && hrefWith(path, query, { questions: nextPage })}
      />
    </Card>
  );
}

interface QuestionProps {
  row: QuestionRow;
  mayAnswer: boolean;
  mayRepresent: boolean;
}

function Question({ row, mayAnswer, mayRepresent }: QuestionProps) {
  const isClosed = row.state === 'closed';
  const { label, tone } = STATES[row.state];
  return (
    <li className="py-4">
      <SaidText text={row.text} className="font-medium" />
      <p className="mt-1 flex flex-wrap items-center gap-2 text-sm text-subtle">
        <StatusBadge tone={tone}>{label}</StatusBadge>
        <SaidName name={row.author} />
        {row.isMine && <Badge tone="accent">Yours</Badge>}
        {row.isHidden && <Badge>Hidden by a steward</Badge>}
        <RelativeTime at={row.at} />
      </p>
      {row.answers.length > 0 && (
        <ul className="mt-3 space-y-3 border-l pl-4">
          {row.answers.map((answer) => (
            <Answer key={answer.id} row={answer} mayAccept={row.isMine} />
          ))}
        </ul>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-1">
        {!isClosed && !row.isHidden && (mayAnswer || row.isMine) && (
          <AnswerButton questionId={row.id} />
        )}
        {(row.isMine || mayRepresent) && <CloseButton questionId={row.id} isClosed={isClosed} />}
        {!row.isMine && <ReportButton kind="question" targetId={row.id} author={row.author} />}
      </div>
    </li>
  );
}

function Answer({ row, mayAccept }: { row: AnswerRow; mayAccept: boolean }) {
  return (
    <li>
      <p className="flex flex-wrap items-center gap-2 text-sm text-subtle">
        <SaidName name={row.author} />
        {row.isFromOwner && <Badge tone="accent">For the product</Badge>}
        {row.isAccepted && <StatusBadge tone="ok">Accepted</StatusBadge>}
        {row.isHidden && <Badge>Hidden by a steward</Badge>}
        <RelativeTime at={row.at} />
        {!row.isMine && <ReportButton kind="answer" targetId={row.id} author={row.author} />}
      </p>
      <SaidText text={row.text} className="mt-1" />
      {mayAccept && !row.isHidden && <AcceptButton answerId={row.id} isAccepted={row.isAccepted} />}
    </li>
  );
}
